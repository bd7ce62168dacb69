using System.Text.Json;
using OdmNode.Accuracy;
using OdmNode.Accuracy.Figures;
using OdmNode.Accuracy.Measuring;
using OdmNode.Testing.Surveys;

if (CommandLine.Parse(args) is not { } line || line.Synthetic.Any(name => SyntheticSets.Find(name) is null))
{
    Console.Error.WriteLine(CommandLine.Usage);
    return 2;
}

string program = Path.GetFullPath(line.Program);
string work = Path.GetFullPath(line.Work);
var folders = new List<string>(line.Folders);
foreach (string name in line.Synthetic)
{
    string folder = Path.Combine(work, "surveys", name);
    if (!line.Resume || !File.Exists(Path.Combine(folder, SyntheticSurvey.TruthFile)))
    {
        SyntheticSurvey.Create(SyntheticSets.Find(name)!).WriteTo(folder, Environment.ProcessorCount, CancellationToken.None);
    }

    folders.Add(folder);
}

var sets = new List<DataSetMetrics>();
foreach (string folder in folders.Select(Path.GetFullPath))
{
    bool nested = Directory.Exists(Path.Combine(folder, SyntheticSurvey.ImagesFolder));
    string images = nested ? Path.Combine(folder, SyntheticSurvey.ImagesFolder) : folder;
    string survey = nested ? folder : Path.GetDirectoryName(folder)!;
    string name = Path.GetFileName(survey);
    SyntheticSurvey? truth = File.Exists(Path.Combine(survey, SyntheticSurvey.TruthFile)) ? SyntheticSurvey.Load(survey) : null;
    string project = Path.Combine(work, "projects", name);
    if (!line.Resume || !Directory.Exists(project))
    {
        ProjectFolder.Prepare(project, images);
    }

    string console = Path.Combine(work, $"{name}.console.txt");
    Console.WriteLine($"{name}: running, console in {console}");
    EngineRun run = await EngineRun.ExecuteAsync(program, Path.Combine(work, "projects"), name, line.EngineOptions, console);
    if (run.ExitCode != 0)
    {
        Console.Error.WriteLine($"{name}: the engine ended with {run.ExitCode}");
        return 1;
    }

    DataSetMetrics metrics = MetricsCollector.Collect(name, project, run, truth);
    if (line.WholeTask)
    {
        string node = Path.Combine(work, "node");
        ProjectFolder.Clear(node);
        (double seconds, long peak) = await NodeRun.ExecuteAsync(
            program, images, Path.Combine(node, "data"), Path.Combine(node, name), line.EngineOptions);
        metrics = metrics with
        {
            WholeTaskWallSeconds = seconds,
            PeakResidentMebibytes = Math.Max(metrics.PeakResidentMebibytes, peak / 1048576.0),
        };
    }

    sets.Add(metrics);
}

string json = Path.GetFullPath(line.Json ?? Path.Combine(work, "metrics.json"));
File.WriteAllText(json, JsonSerializer.Serialize(sets, ProjectFolder.Json));
Console.WriteLine();
Console.WriteLine(MarkdownReport.Of(sets));
Console.WriteLine($"figures: {json}");
return 0;
