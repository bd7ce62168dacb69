using OdmNode.Engine.Inputs;
using OdmNode.Engine.Options;

namespace OdmNode.UnitTests.Engine;

public sealed class EngineCommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("odmnode-engine-").FullName;

    public EngineCommandLineTests() => Directory.CreateDirectory(Path.Combine(folder, "beach", "images"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Options_stand_anywhere_with_and_without_values()
    {
        EngineCommandLine line = Parse("--dsm", "--crop", "1.5", "beach", "--project-path", folder, "--cog", "false", "--pc-quality=low");
        Assert.Empty(line.Problems);
        Assert.Equal("beach", line.Name);
        Assert.Equal(folder, line.ProjectPath);
        Assert.Equal("true", line.Options.Values["dsm"]);
        Assert.Equal("false", line.Options.Values["cog"]);
        Assert.Equal(1.5, line.Options.Number("crop"));
        Assert.Equal("low", line.Options.Text("pc-quality"));
        Assert.Equal("high", line.Options.Text("feature-quality"));
    }

    [Fact]
    public void A_flag_does_not_take_the_name_for_its_value()
    {
        EngineCommandLine line = Parse("--project-path", folder, "--dsm", "beach");
        Assert.Empty(line.Problems);
        Assert.Equal("beach", line.Name);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        EngineCommandLine line = Parse(
            "--project-path", folder, "beach", "--featur-quality", "low", "--mesh-octree-depth", "99", "--pc-quality", "superb", "--crop");
        Assert.Equal(4, line.Problems.Count);
        Assert.Contains(line.Problems, problem => problem.Contains("--featur-quality", StringComparison.Ordinal) && problem.Contains("--feature-quality", StringComparison.Ordinal));
        Assert.Contains(line.Problems, problem => problem.Contains("mesh-octree-depth", StringComparison.Ordinal) && problem.Contains("99", StringComparison.Ordinal));
        Assert.Contains(line.Problems, problem => problem.Contains("superb", StringComparison.Ordinal));
        Assert.Contains(line.Problems, problem => problem.Contains("--crop needs a value", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(".")]
    public void A_name_that_leaves_the_folder_is_refused(string name) =>
        Assert.NotEmpty(Parse("--project-path", folder, name).Problems);

    [Fact]
    public void A_project_without_photos_folder_and_missing_arguments_are_refused()
    {
        Assert.Single(Parse("--project-path", folder, "nowhere").Problems);
        Assert.Equal(2, Parse().Problems.Count);
        Assert.Single(Parse("--project-path", folder, "beach", "lake").Problems);
        Assert.Single(Parse("--project-path", folder, "beach", "--crop", "1", "--crop", "2").Problems);
    }

    [Fact]
    public void Only_a_given_accuracy_overrides_the_photos()
    {
        Assert.Equal("false", Parse("--project-path", folder, "beach").Options.Values[EngineOptionSet.GpsAccuracyGiven]);
        Assert.Equal("true", Parse("--project-path", folder, "beach", "--gps-accuracy", "3").Options.Values[EngineOptionSet.GpsAccuracyGiven]);
    }

    [Fact]
    public void Files_beside_the_photos_are_options_of_their_own_and_must_exist()
    {
        string list = Path.Combine(folder, "marks.txt");
        File.WriteAllText(list, "EPSG:4326");
        EngineCommandLine line = Parse("--project-path", folder, "--gcp", list, "--geo", "marks.txt", "--align", list, "beach");
        Assert.Empty(line.Problems);
        Assert.Equal((list, list), (line.Files.GroundControl, line.Files.Positions));
        Assert.Equal(["align"], line.Files.Unused);
        Assert.Contains("missing.txt", Assert.Single(Parse("--project-path", folder, "--gcp", "missing.txt", "beach").Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_in_the_project_folder_are_found_unless_others_are_given()
    {
        string list = Path.Combine(folder, "gcp_list.txt");
        File.WriteAllText(list, "EPSG:4326");
        Assert.Equal((list, null), (new SurveyFiles().In(folder).GroundControl, new SurveyFiles().In(folder).Positions));
        Assert.Equal("/other.txt", new SurveyFiles { GroundControl = "/other.txt" }.In(folder).GroundControl);
    }

    [Fact]
    public void Options_that_change_nothing_are_said_only_when_they_ask_for_something()
    {
        IReadOnlyList<string> lines = IdleOptions.Explain(
            Parse("--project-path", folder, "beach", "--sky-removal", "--mesh-size", "200000", "--crop", "9", "--gltf", "false").Options);
        Assert.Single(lines);
        Assert.Contains("sky-removal", lines[0], StringComparison.Ordinal);
    }

    private EngineCommandLine Parse(params string[] arguments) => EngineCommandLine.Parse(arguments, folder);
}
