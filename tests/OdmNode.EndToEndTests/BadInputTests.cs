using OdmNode.EndToEndTests.Support;
using OdmNode.Testing.Surveys;

namespace OdmNode.EndToEndTests;

[Collection(EndToEndCollection.Name)]
public sealed class BadInputTests(SurveyFixture surveys)
{
    [Fact]
    public async Task Damaged_files_among_good_ones_are_named_and_skipped_and_the_rest_goes_on()
    {
        string project = surveys.NewProject("damaged", surveys.TinyImages);
        string images = Path.Combine(project, "images");
        byte[] photo = File.ReadAllBytes(Path.Combine(images, "SYN_0001.JPG"));
        File.WriteAllBytes(Path.Combine(images, "TRUNCATED.JPG"), photo[..(photo.Length / 3)]);
        File.WriteAllText(Path.Combine(images, "notes.jpg"), "These are notes and not a photo.");
        File.WriteAllBytes(Path.Combine(images, "GIGANTIC.JPG"), WithDeclaredSize(photo, 65000, 65000));
        File.Move(Path.Combine(images, "SYN_0002.JPG"), Path.Combine(images, "Luftbild Nº 2 – Süd.JPG"));
        File.WriteAllText(Path.Combine(project, "geo.txt"), "EPSG:4326\nSYN_0003.JPG 11.5 48.1 560\n");
        FinishedRun run = await surveys.RunProjectAsync("damaged", "--end-with", "opensfm");
        Assert.True(run.ExitCode == 0, run.Console);
        Assert.True(run.Says("TRUNCATED.JPG"), run.Console);
        Assert.True(run.Says("notes.jpg"), run.Console);
        Assert.True(run.Says("GIGANTIC.JPG"), run.Console);
        Assert.True(run.Says("SYN_0003.JPG was taken"), run.Console);
        string placed = FormattableString.Invariant($"{surveys.Tiny.Photos.Count} of {surveys.Tiny.Photos.Count} photos placed");
        Assert.True(run.Says(placed), run.Console);
    }

    [Fact]
    public async Task One_usable_photo_is_too_few_and_the_message_says_so()
    {
        string project = surveys.NewProject("single", surveys.TinyImages);
        foreach (string photo in Directory.GetFiles(Path.Combine(project, "images")).Order(StringComparer.Ordinal).Skip(1))
        {
            File.WriteAllText(photo, "no photo any more");
        }

        FinishedRun run = await surveys.RunProjectAsync("single");
        Assert.Equal(1, run.ExitCode);
        Assert.True(run.Says("error", "two"), run.Console);
        Assert.False(run.Json("log.json").GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task Photos_that_do_not_overlap_fail_with_a_reason()
    {
        string images = surveys.NewFolder("apart");
        for (int seed = 11; seed <= 13; seed++)
        {
            SyntheticSurvey survey = SyntheticSurvey.Create(SurveyFixture.TinyOptions with { Seed = seed, PhotoCount = 1, Strips = 1 });
            byte[] file = survey.Encode(survey.Photos[0], survey.Render(survey.Photos[0], 2, CancellationToken.None));
            File.WriteAllBytes(Path.Combine(images, $"apart{seed}.jpg"), file);
        }

        FinishedRun run = await surveys.RunAsync("apart", images);
        Assert.Equal(1, run.ExitCode);
        Assert.True(run.Says("error", "overlap"), run.Console);
    }

    [Fact]
    public async Task Photos_without_gps_complete_in_local_coordinates_and_the_console_says_so()
    {
        string folder = surveys.NewFolder("nowhere");
        SyntheticSurvey.Create(SurveyFixture.TinyOptions with { WithGps = false }).WriteTo(folder, 2, CancellationToken.None);
        FinishedRun run = await surveys.RunAsync("nowhere", Path.Combine(folder, SyntheticSurvey.ImagesFolder));
        Assert.True(run.ExitCode == 0, run.Console);
        Assert.True(run.Says("warning", "position") || run.Says("warning", "GPS"), run.Console);
        Assert.False(run.Has("odm_orthophoto/odm_orthophoto.tif"));
        Assert.True(run.Has("odm_georeferencing/odm_georeferenced_model.ply"));
        Assert.True(run.Has("cameras.json"));
        Assert.True(run.Has("all.zip"));
    }

    [Theory]
    [InlineData("--no-such-option", "3", "no-such-option")]
    [InlineData("--min-num-features", "many", "min-num-features")]
    [InlineData("--feature-quality", "splendid", "feature-quality")]
    [InlineData("--orthophoto-resolution", "-2", "orthophoto-resolution")]
    public async Task An_impossible_option_is_refused_by_name_before_any_work(string option, string value, string named)
    {
        string name = $"option-{named}";
        string project = surveys.NewProject(name, surveys.TinyImages);
        FinishedRun run = await surveys.RunProjectAsync(name, option, value);
        Assert.NotEqual(0, run.ExitCode);
        Assert.True(run.Says("error", named), run.Console);
        Assert.False(Directory.Exists(Path.Combine(project, "checkpoints")));
    }

    /// <summary>The same file with another size in its frame header.</summary>
    private static byte[] WithDeclaredSize(byte[] jpeg, int width, int height)
    {
        byte[] copy = [.. jpeg];
        int at = 2;
        while (copy[at + 1] is not (0xC0 or 0xC1 or 0xC2))
        {
            at += 2 + (copy[at + 2] << 8) + copy[at + 3];
        }

        (copy[at + 5], copy[at + 6]) = ((byte)(height >> 8), (byte)height);
        (copy[at + 7], copy[at + 8]) = ((byte)(width >> 8), (byte)width);
        return copy;
    }
}
