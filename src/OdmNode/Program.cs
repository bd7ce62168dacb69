using System.CommandLine;
using System.CommandLine.Invocation;
using OdmNode.Verbs;

var root = new RootCommand("Turns overlapping drone photos into maps: a processing node and its engine.")
{
    ServeVerb.Create(),
    UserVerb.Create(),
    SubmitVerb.Create(),
    DemoVerb.Create(),
    DoctorVerb.Create(),
    RunVerb.Create(),
};

var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction error && args.Length > 0)
{
    // A hundred lines of help would push the message off the screen.
    error.ShowHelp = false;
}

// Every verb gets a token that is cancelled by Ctrl-C and SIGTERM, and this long to obey it.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
