using System.CommandLine;
using System.Globalization;
using OdmNode.Load;

if (args is [UploadLoad.Role, var node, var clients, var bytes, var time])
{
    await UploadLoad.RunAsync(
        new Uri(node), int.Parse(clients, CultureInfo.InvariantCulture), int.Parse(bytes, CultureInfo.InvariantCulture), double.Parse(time, CultureInfo.InvariantCulture));
    return 0;
}

var program = new Option<string>("--program")
{
    Description = "The built program.",
    DefaultValueFactory = _ => Path.Combine("artifacts", "odmnode", "odmnode"),
};
var work = new Option<string>("--work")
{
    Description = "Folder on the disk that is measured; emptied.",
    DefaultValueFactory = _ => Path.Combine("artifacts", "load"),
};
var seconds = new Option<int>("--seconds") { Description = "Length of the mixed load.", DefaultValueFactory = _ => 20 };
var pollers = new Option<int>("--pollers") { Description = "Clients that poll /task/{uuid}/info.", DefaultValueFactory = _ => 200 };
var pause = new Option<int>("--pause") { Description = "Milliseconds between the polls of one client.", DefaultValueFactory = _ => 500 };
var uploads = new Option<int>("--uploads") { Description = "Uploads at the same time.", DefaultValueFactory = _ => 20 };
var photo = new Option<int>("--photo") { Description = "MiB of a photo.", DefaultValueFactory = _ => 8 };
var lines = new Option<int>("--lines") { Description = "Lines of the long console.", DefaultValueFactory = _ => 100_000 };
var tileClients = new Option<int>("--tile-clients") { Description = "Clients that ask for map tiles.", DefaultValueFactory = _ => 2 };
var only = new Option<string[]>("--only") { Description = "Parts to measure; all of them by default.", AllowMultipleArgumentsPerToken = true };
only.AcceptOnlyFromAmong("mixed", "uploads", "console", "tiles");
var root = new RootCommand("Puts a node on this machine under load, over the loopback interface alone, and says what it did.")
{
    program, work, seconds, pollers, pause, uploads, photo, lines, tileClients, only,
};
root.SetAction(async (result, cancellationToken) =>
{
    var plan = new LoadPlan
    {
        Program = Path.GetFullPath(result.GetValue(program)!),
        Work = Path.GetFullPath(result.GetValue(work)!),
        Duration = TimeSpan.FromSeconds(Math.Clamp(result.GetValue(seconds), 1, 300)),
        Pollers = Math.Clamp(result.GetValue(pollers), 1, 1000),
        Pause = TimeSpan.FromMilliseconds(Math.Clamp(result.GetValue(pause), 0, 10_000)),
        Uploads = Math.Clamp(result.GetValue(uploads), 1, 100),
        PhotoBytes = Math.Clamp(result.GetValue(photo), 1, 256) << 20,
        TileClients = Math.Clamp(result.GetValue(tileClients), 1, 100),
        ConsoleLines = Math.Clamp(result.GetValue(lines), 100, 1_000_000),
    };
    Directory.CreateDirectory(plan.Work);
    foreach (var (name, measure) in ((string, Func<LoadPlan, CancellationToken, Task>)[])
        [("mixed", MixedLoad.MeasureAsync), ("uploads", UploadThroughput.MeasureAsync), ("console", LongConsole.MeasureAsync), ("tiles", TileLoad.MeasureAsync)])
    {
        if (result.GetValue(only) is null or [] || result.GetValue(only)!.Contains(name))
        {
            await measure(plan, cancellationToken);
        }
    }

    return 0;
});
return await root.Parse(args).InvokeAsync();
