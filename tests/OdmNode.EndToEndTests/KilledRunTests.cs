using System.Globalization;
using OdmNode.EndToEndTests.Support;
using OdmNode.Testing.Products;

namespace OdmNode.EndToEndTests;

[Collection(EndToEndCollection.Name)]
public sealed class KilledRunTests(SurveyFixture surveys)
{
    private static readonly string[] Moments =
    [
        "extract-features", "match-features", "estimate-depth", "fuse-points", "render-orthophoto",
    ];

    [Fact]
    public async Task A_run_killed_at_several_moments_goes_on_and_ends_in_the_same_files()
    {
        FinishedRun undisturbed = await surveys.UndisturbedRunAsync();
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Console);
        const string name = "killed";
        string project = surveys.NewProject(name, surveys.SmallImages);
        string[] arguments = ["run", "--project-path", surveys.Projects, name, .. SurveyFixture.UndisturbedOptions];
        foreach (string stage in Moments)
        {
            using RunningProgram program = RunningProgram.Start(arguments);
            string? begun = await program.WaitForLineAsync(line => line.Contains($"Running {stage} ", StringComparison.Ordinal));
            Assert.True(begun is not null, $"the run ended before {stage}:\n{program.Console}");
            // In the middle of the stage as soon as one unit more is finished; at its end if it has but one.
            int before = Checkpoints(project, stage);
            while (!program.HasExited && Checkpoints(project, stage) == before)
            {
                await Task.Delay(20);
            }

            await program.KillAsync();
        }

        Dictionary<string, int> kept = undisturbed.StageUnits().Keys.ToDictionary(stage => stage, stage => Checkpoints(project, stage));
        FinishedRun last = await surveys.RunProjectAsync(name, SurveyFixture.UndisturbedOptions);
        Assert.True(last.ExitCode == 0, last.Console);
        foreach ((string stage, (int units, int computed)) in last.StageUnits())
        {
            Assert.True(computed <= Math.Max(0, units - kept[stage] + 1), $"{stage}: {computed} of {units} computed, {kept[stage]} were finished\n{last.Console}");
        }

        Assert.Equal(0, last.StageUnits()["extract-features"].Computed);
        Assert.Equal(0, last.StageUnits()["reconstruct"].Computed);
        AssertSameProducts(undisturbed, last);
    }

    [Fact]
    public async Task A_finished_run_started_again_computes_nothing()
    {
        FinishedRun undisturbed = await surveys.UndisturbedRunAsync();
        string project = undisturbed.Project;
        byte[] cameras = File.ReadAllBytes(undisturbed.PathOf("cameras.json"));
        FinishedRun again = await surveys.RunProjectAsync(Path.GetFileName(project), SurveyFixture.UndisturbedOptions);
        Assert.True(again.ExitCode == 0, again.Console);
        string[] dear = ["extract-features", "match-features", "reconstruct", "undistort-images", "estimate-depth", "fuse-points", "render-orthophoto"];
        Assert.All(dear, stage => Assert.True(again.Says($"Running {stage} ", "all kept from before"), again.Console));
        Assert.Equal(cameras, File.ReadAllBytes(undisturbed.PathOf("cameras.json")));
    }

    private static int Checkpoints(string project, string stage)
    {
        string folder = Path.Combine(project, "checkpoints", stage);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Count(file => !Path.GetFileName(file).Contains('.', StringComparison.Ordinal))
            : 0;
    }

    private static void AssertSameProducts(FinishedRun expected, FinishedRun actual)
    {
        string[] sameBytes =
        [
            "cameras.json", "odm_report/shots.geojson", "odm_georeferencing/odm_georeferenced_model.ply",
            "odm_georeferencing/odm_georeferenced_model.laz", "odm_georeferencing/odm_georeferenced_model.info.json",
            "odm_georeferencing/odm_georeferenced_model.bounds.gpkg", "odm_dem/dsm.tif", "odm_report/overlap.png", "odm_report/topview.png",
            "odm_report/dsm_preview.png", "odm_report/residuals_1.png", "odm_report/reprojection_histogram.png",
        ];
        foreach (string file in sameBytes)
        {
            Assert.True(
                File.ReadAllBytes(expected.PathOf(file)).AsSpan().SequenceEqual(File.ReadAllBytes(actual.PathOf(file))), $"{file} differs");
        }

        for (int band = 1; band <= 4; band++)
        {
            RasterFile a = RasterFile.Read(expected.PathOf("odm_orthophoto/odm_orthophoto.tif"), band);
            RasterFile b = RasterFile.Read(actual.PathOf("odm_orthophoto/odm_orthophoto.tif"), band);
            Assert.True(a.Values.AsSpan().SequenceEqual(b.Values), string.Create(CultureInfo.InvariantCulture, $"band {band} of the orthophoto differs"));
        }
    }
}
