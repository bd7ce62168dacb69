using OdmNode.EndToEndTests.Support;

namespace OdmNode.EndToEndTests;

[Collection(EndToEndCollection.Name)]
public sealed class ProductOptionTests(SurveyFixture surveys)
{
    [Fact]
    public async Task Other_files_of_the_orthophoto_are_made_from_what_is_rendered_and_earlier_ones_go()
    {
        const string name = "products";
        FinishedRun first = await surveys.RunAsync(name, surveys.TinyImages, "--orthophoto-png", "--tiles", "--skip-report");
        Assert.True(first.ExitCode == 0, first.Console);
        Assert.True(first.Has("odm_orthophoto/odm_orthophoto.png") && first.Has("odm_orthophoto/odm_orthophoto.wld"), first.Console);
        string[] tiles = Directory.GetFiles(first.PathOf("orthophoto_tiles"), "*.png", SearchOption.AllDirectories);
        Assert.NotEmpty(tiles);
        Assert.NotEmpty(Directory.GetFiles(first.PathOf("dsm_tiles"), "*.png", SearchOption.AllDirectories));
        Assert.False(first.Has("odm_orthophoto/odm_orthophoto.kmz"));
        byte[] raster = File.ReadAllBytes(first.PathOf("odm_orthophoto/odm_orthophoto.tif"));

        FinishedRun second = await surveys.RunProjectAsync(name, "--orthophoto-kmz", "--orthophoto-compression", "LZW", "--skip-report");
        Assert.True(second.ExitCode == 0, second.Console);
        Assert.Equal(0, second.StageUnits()["render-orthophoto"].Computed);
        Assert.NotEqual(raster, File.ReadAllBytes(second.PathOf("odm_orthophoto/odm_orthophoto.tif")));
        Assert.True(second.Has("odm_orthophoto/odm_orthophoto.kmz"), second.Console);
        Assert.False(second.Has("odm_orthophoto/odm_orthophoto.png"), second.Console);
        Assert.False(Directory.Exists(second.PathOf("orthophoto_tiles")), second.Console);

        // What a run before the last one left out counts as much: its stages are complete and kept.
        FinishedRun third = await surveys.RunProjectAsync(name, "--orthophoto-png", "--tiles", "--skip-report");
        Assert.Equal(0, third.StageUnits()["export-tiles"].Computed);
        Assert.Equal(raster, File.ReadAllBytes(third.PathOf("odm_orthophoto/odm_orthophoto.tif")));
        Assert.False(third.Has("odm_orthophoto/odm_orthophoto.kmz"), third.Console);
        Assert.Equal(
            tiles.Order(StringComparer.Ordinal),
            Directory.GetFiles(third.PathOf("orthophoto_tiles"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Another_resolution_of_the_orthophoto_needs_no_other_surface()
    {
        const string name = "resolutions";
        string[] options = ["--ignore-gsd", "--skip-3dmodel", "--skip-report"];
        FinishedRun first = await surveys.RunAsync(name, surveys.TinyImages, options);
        Assert.True(first.ExitCode == 0, first.Console);
        Assert.Equal(0, first.StageUnits()["sharpen-edges"].Units);
        byte[] surface = File.ReadAllBytes(first.PathOf("odm_dem/dsm.tif"));
        foreach ((string resolution, bool isFiner) in ((string, bool)[])[("10", false), ("3", true)])
        {
            FinishedRun run = await surveys.RunProjectAsync(name, [.. options, "--orthophoto-resolution", resolution]);
            Assert.True(run.ExitCode == 0, run.Console);
            Assert.All((string[])["raster-elevation", "fill-elevation", "refine-edges"], stage => Assert.Equal(0, run.StageUnits()[stage].Computed));
            Assert.Equal(isFiner, run.StageUnits()["sharpen-edges"].Computed > 0);
            Assert.Contains($"pixels of {resolution} cm", run.Console, StringComparison.Ordinal);
            Assert.Equal(surface, File.ReadAllBytes(run.PathOf("odm_dem/dsm.tif")));
        }
    }
}
