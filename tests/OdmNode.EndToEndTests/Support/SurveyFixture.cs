using OdmNode.Testing.Files;
using OdmNode.Testing.Surveys;

namespace OdmNode.EndToEndTests.Support;

/// <summary>One survey and one undisturbed run of it for all tests: the dearest things here are made once.</summary>
public sealed class SurveyFixture : IDisposable
{
    /// <summary>Name of the project of the undisturbed run.</summary>
    public const string Undisturbed = "undisturbed";

    /// <summary>Its options: files that are made only when asked for.</summary>
    public static readonly string[] UndisturbedOptions = ["--orthophoto-png", "--orthophoto-kmz", "--orthophoto-cutline", "--tiles"];

    private readonly TemporaryFolder folder = new();
    private readonly Lazy<SyntheticSurvey> small;
    private readonly Lazy<SyntheticSurvey> tiny;
    private readonly Lazy<SyntheticSurvey> unplaced;
    private Task<FinishedRun>? undisturbedRun;
    private Task<FinishedRun>? terrainRun;

    public SurveyFixture()
    {
        small = new Lazy<SyntheticSurvey>(() => Write(SyntheticSurveyOptions.Small with { GpsNoiseHorizontal = 0.02, GpsNoiseVertical = 0.03 }, "small"));
        tiny = new Lazy<SyntheticSurvey>(() => Write(TinyOptions, "tiny"));
        unplaced = new Lazy<SyntheticSurvey>(() => Write(TinyOptions with { WithGps = false }, "unplaced"));
    }

    /// <summary>Enough for a complete run in a few seconds.</summary>
    public static SyntheticSurveyOptions TinyOptions { get; } = new()
    {
        Width = 640, Height = 480, PhotoCount = 6, Strips = 2, FlyingHeight = 35, Buildings = 3, Trees = 8, Seed = 4,
    };

    /// <summary>Twelve photos; its positions are as good as those of a receiver with corrections.</summary>
    public SyntheticSurvey Small => small.Value;

    public string SmallImages => Small is null ? "" : folder.PathOf("surveys", "small", SyntheticSurvey.ImagesFolder);

    /// <summary>Six small photos.</summary>
    public SyntheticSurvey Tiny => tiny.Value;

    public string TinyImages => Tiny is null ? "" : folder.PathOf("surveys", "tiny", SyntheticSurvey.ImagesFolder);

    /// <summary>The same photos without positions.</summary>
    public string UnplacedImages => unplaced.Value is null ? "" : folder.PathOf("surveys", "unplaced", SyntheticSurvey.ImagesFolder);

    /// <summary>The folder of projects.</summary>
    public string Projects => folder.PathOf("projects");

    /// <summary>The small survey, run once without any disturbance.</summary>
    public Task<FinishedRun> UndisturbedRunAsync() =>
        undisturbedRun ??= RunAsync(Undisturbed, SmallImages, UndisturbedOptions);

    /// <summary>A new folder for a test's own use.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(folder.PathOf("own", name)).FullName;

    /// <summary>A project with copies of photos.</summary>
    /// <returns>The project's folder.</returns>
    public string NewProject(string name, string images)
    {
        string target = Path.Combine(Projects, name, "images");
        Directory.CreateDirectory(target);
        foreach (string photo in Directory.EnumerateFiles(images))
        {
            File.Copy(photo, Path.Combine(target, Path.GetFileName(photo)));
        }

        return Path.Combine(Projects, name);
    }

    public Task<FinishedRun> RunAsync(string name, string images, params string[] options)
    {
        NewProject(name, images);
        return RunProjectAsync(name, options);
    }

    /// <summary>Runs a copy of a finished project, checkpoints included.</summary>
    public Task<FinishedRun> RunCopyAsync(FinishedRun run, string name, params string[] options)
    {
        foreach (string file in Directory.EnumerateFiles(run.Project, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(Projects, name, Path.GetRelativePath(run.Project, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return RunProjectAsync(name, options);
    }

    /// <summary>Runs a project that is there already.</summary>
    public async Task<FinishedRun> RunProjectAsync(string name, params string[] options)
    {
        using RunningProgram program = await RunningProgram.CompleteAsync(["run", "--project-path", Projects, name, .. options]);
        return new FinishedRun(Path.Combine(Projects, name), await program.WaitForExitAsync(), program.Lines);
    }

    /// <summary>What <see cref="TerrainRunAsync"/> asks for.</summary>
    public static string[] TerrainOptions { get; } =
        ["--dtm", "--dem-euclidean-map", "--pc-las", "--skip-3dmodel", "--skip-orthophoto", "--skip-report"];

    /// <summary>The small survey, run once for the ground, without a mesh and an orthophoto.</summary>
    public Task<FinishedRun> TerrainRunAsync() => terrainRun ??= RunAsync("terrain", SmallImages, TerrainOptions);

    public void Dispose() => folder.Dispose();

    private SyntheticSurvey Write(SyntheticSurveyOptions options, string name)
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(options);
        survey.WriteTo(folder.PathOf("surveys", name), 2, CancellationToken.None);
        return survey;
    }
}
