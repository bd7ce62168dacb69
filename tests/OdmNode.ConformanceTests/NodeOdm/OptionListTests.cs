using System.Globalization;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>What <c>/options</c> says.</summary>
public sealed class OptionListTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    private static readonly string[] Types = ["int", "float", "string", "bool", "enum"];

    private List<JsonElement> _options = [];

    public async Task InitializeAsync() => _options = [.. (await shared.Node.GetAsync("/options")).EnumerateArray()];

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void N37_Every_entry_has_exactly_five_keys()
    {
        Assert.Equal(82, _options.Count);
        Assert.All(_options, option =>
        {
            Assert.Equal(["name", "type", "value", "domain", "help"], option.EnumerateObject().Select(property => property.Name));
            Assert.Contains(Text(option, "type"), Types);
            Assert.DoesNotContain("--", Text(option, "name"), StringComparison.Ordinal);
            Assert.NotEmpty(Text(option, "help"));
        });
    }

    [Fact]
    public void N38_Defaults_are_texts()
    {
        Assert.All(_options, option => Assert.Equal(JsonValueKind.String, option.GetProperty("value").ValueKind));
        Assert.All(Of("bool"), option => Assert.Equal("false", Text(option, "value")));
        Assert.Equal("11", Text(Named("mesh-octree-depth"), "value"));
        Assert.Equal("1.25", Text(Named("smrf-scalar"), "value"));
        Assert.Equal("None", Text(Named("sm-cluster"), "value"));
        Assert.Equal(Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), Text(Named("max-concurrency"), "value"));
    }

    [Fact]
    public void N39_Only_enums_have_a_list_as_domain_and_it_holds_the_default()
    {
        Assert.All(Of("enum"), option => Assert.Contains(Text(option, "value"), Choices(option)));
        Assert.All(
            _options.Where(option => Text(option, "type") != "enum"),
            option => Assert.Equal(JsonValueKind.String, option.GetProperty("domain").ValueKind));
        Assert.Equal("integer: 1 <= x <= 14", Text(Named("mesh-octree-depth"), "domain"));
        Assert.Equal("json", Text(Named("boundary"), "domain"));
        Assert.Equal("", Text(Named("dsm"), "domain"));
    }

    [Fact]
    public void N40_Rerun_from_offers_nothing_first_and_then_the_stages() => Assert.Equal(
        [
            "", "dataset", "split", "merge", "opensfm", "openmvs", "odm_filterpoints", "odm_meshing", "mvs_texturing",
            "odm_georeferencing", "odm_dem", "odm_orthophoto", "odm_report", "odm_postprocess",
        ],
        Choices(Named("rerun-from")));

    [Fact]
    public void N41_Placeholders_of_the_help_stay()
    {
        Assert.All(_options, option => Assert.Contains("%(default)s", Text(option, "help"), StringComparison.Ordinal));
        Assert.All(Of("enum"), option => Assert.Contains("%(choices)s", Text(option, "help"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("h")]
    [InlineData("project-path")]
    [InlineData("cmvs-maxImages")]
    [InlineData("time")]
    [InlineData("zip-results")]
    [InlineData("pmvs-num-cores")]
    [InlineData("start-with")]
    [InlineData("gcp")]
    [InlineData("images")]
    [InlineData("geo")]
    [InlineData("align")]
    [InlineData("split-image-groups")]
    [InlineData("copy-to")]
    [InlineData("rerun-all")]
    [InlineData("rerun")]
    [InlineData("slam-config")]
    [InlineData("video")]
    [InlineData("version")]
    [InlineData("name")]
    public void N42_Withheld_options_are_not_listed(string name) =>
        Assert.DoesNotContain(_options, option => Text(option, "name") == name);

    [Theory]
    [InlineData("auto-boundary", "bool")]
    [InlineData("radiometric-calibration", "enum")]
    [InlineData("dsm", "bool")]
    [InlineData("dtm", "bool")]
    [InlineData("dem-resolution", "float")]
    [InlineData("orthophoto-resolution", "float")]
    [InlineData("pc-quality", "enum")]
    [InlineData("feature-quality", "enum")]
    [InlineData("mesh-octree-depth", "int")]
    [InlineData("mesh-size", "int")]
    [InlineData("use-3dmesh", "bool")]
    [InlineData("min-num-features", "int")]
    [InlineData("sfm-algorithm", "enum")]
    [InlineData("fast-orthophoto", "bool")]
    [InlineData("matcher-neighbors", "int")]
    [InlineData("crop", "float")]
    [InlineData("boundary", "string")]
    public void N43_Options_of_the_presets_exist(string name, string type) => Assert.Equal(type, Text(Named(name), "type"));

    private static string Text(JsonElement option, string key) => option.GetProperty(key).GetString()!;

    private static IEnumerable<string> Choices(JsonElement option) =>
        option.GetProperty("domain").EnumerateArray().Select(choice => choice.GetString()!);

    private IEnumerable<JsonElement> Of(string type) => _options.Where(option => Text(option, "type") == type);

    private JsonElement Named(string name) => _options.Single(option => Text(option, "name") == name);
}
