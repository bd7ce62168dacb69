using System.CommandLine;
using OdmNode.Verbs;

var root = new RootCommand("Turns overlapping drone photos into maps: a processing node and its engine.")
{
    ServeVerb.Create(),
    SubmitVerb.Create(),
    DemoVerb.Create(),
    DoctorVerb.Create(),
    RunVerb.Create(),
};

// Every verb gets a token that is cancelled by Ctrl-C and SIGTERM, and this long to obey it.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
