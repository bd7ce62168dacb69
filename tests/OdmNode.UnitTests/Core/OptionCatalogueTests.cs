using OdmNode.Core.Options;

namespace OdmNode.UnitTests.Core;

public sealed class OptionCatalogueTests
{
    [Fact]
    public void The_list_has_82_options_in_the_engines_order()
    {
        var definitions = OptionCatalogue.BuiltIn.Definitions;

        Assert.Equal(82, definitions.Count);
        Assert.Equal("end-with", definitions[0].Name);
        Assert.Equal("skip-band-alignment", definitions[^1].Name);
        Assert.Equal(["", "dataset"], OptionCatalogue.BuiltIn.Find("rerun-from")!.Domain.Choices!.Take(2));
    }

    // Pairs recorded from a running reference node.
    [Theory]
    [InlineData("""[{"name":"mesh-size","value":"abc"}]""", """[{"name":"mesh-size","error":"Invalid value NaN (out of range)"}]""")]
    [InlineData(
        """[{"name":"mesh-octree-depth","value":99},{"name":"crop","value":-1},{"name":"feature-type","value":"nope"},{"name":"dsm","value":"yes"}]""",
        """[{"name":"feature-type","error":"Invalid value nope (not in enum)"},{"name":"mesh-octree-depth","error":"Invalid value 99 (out of range)"},{"name":"crop","error":"Invalid value -1 (out of range)"},{"name":"dsm","error":"Cannot convert yes to boolean"}]""")]
    [InlineData("""[{"name":"dsm"}]""", """[{"name":"dsm","error":"Cannot convert undefined to boolean"}]""")]
    [InlineData("""[{"name":"boundary","value":{"a":1}}]""", """[{"name":"boundary","error":"Invalid value [object Object] (out of range)"}]""")]
    public void Refusals_read_as_recorded(string options, string expected) =>
        Assert.Equal(expected, Validate(options).ProblemText);

    [Fact]
    public void Values_are_normalised_as_recorded()
    {
        var validation = Validate(
            """[{"name":"dtm","value":"0"},{"name":"dsm","value":"1"},{"name":"dem-resolution","value":"2.5abc"},{"name":"mesh-size","value":"12.9"},{"name":"primary-band","value":5},{"name":"boundary","value":"{\"a\": 1}"},{"name":"nope","value":1}]""");

        Assert.True(validation.IsValid);
        Assert.Equal(
            ["mesh-size=12", "boundary={\"a\": 1}", "dtm=false", "dsm=true", "dem-resolution=2.5", "primary-band=5"],
            validation.Values.Select(value => value.ToString()));
        Assert.Equal(["nope"], validation.UnknownNames);
    }

    [Theory]
    [InlineData("mesh-size", "1e3", "1")]
    [InlineData("mesh-size", "0x10", "16")]
    [InlineData("mesh-size", " 7 ", "7")]
    [InlineData("crop", "1e2", "100")]
    [InlineData("crop", ".5", "0.5")]
    [InlineData("gps-z-offset", "-1.5e0m", "-1.5")]
    public void Leading_numbers_count(string name, string text, string expected) =>
        Assert.Equal(expected, Assert.Single(OptionCatalogue.BuiltIn.Validate([OptionInput.FromText(name, text)]).Values).Text);

    [Theory]
    [InlineData("crop", "Infinity")]
    [InlineData("crop", "1e999")]
    [InlineData("orthophoto-resolution", "0")]
    [InlineData("mesh-octree-depth", "15")]
    [InlineData("boundary", "{")]
    [InlineData("feature-quality", "HIGH")]
    public void Values_outside_the_domain_are_refused(string name, string text) =>
        Assert.False(OptionCatalogue.BuiltIn.Validate([OptionInput.FromText(name, text)]).IsValid);

    [Theory]
    [InlineData("mesh-size", "1e17", "100000000000000000")]
    [InlineData("mesh-size", "12.9", "12")]
    [InlineData("min-num-features", "-0.5", "0")]
    [InlineData("crop", "1e21", "1e+21")]
    [InlineData("crop", "123456789012345680000", "123456789012345680000")]
    [InlineData("crop", "1234567890123456.75", "1234567890123456.8")]
    [InlineData("crop", "0.000001", "0.000001")]
    [InlineData("crop", "1.5e-7", "1.5e-7")]
    [InlineData("gps-z-offset", "-0.0000012", "-0.0000012")]
    public void Numbers_are_written_as_javascript_writes_them(string name, string json, string expected) =>
        Assert.Equal($"{name}={expected}", Assert.Single(Validate($$"""[{"name":"{{name}}","value":{{json}}}]""").Values).ToString());

    [Theory]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("[\"\\u0000\"]")]
    [InlineData("1e999")]
    public void What_no_command_line_can_carry_is_refused(string json) =>
        Assert.False(Validate($$"""[{"name":"sm-cluster","value":{{json}}}]""").IsValid);

    [Theory]
    [InlineData("\\ud800", "\ufffd")]
    [InlineData("a\\udc00\\ud800", "a\ufffd\ufffd")]
    [InlineData("\\ud83d\\ude00", "\U0001f600")]
    [InlineData("\\\\ud800", "\\ud800")]
    [InlineData("\\uD83D\\uD83D\\uDE00", "\ufffd\U0001f600")]
    public void Half_a_surrogate_pair_becomes_the_replacement_character(string json, string meant) =>
        Assert.Equal(meant, ForeignJson.Parse($"\"{json}\"").GetString());

    [Fact]
    public void The_first_of_two_equal_names_counts()
    {
        var validation = Validate("""[{"name":"crop","value":1},{"name":"crop","value":2}]""");

        Assert.Equal(["crop=1"], validation.Values.Select(value => value.ToString()));
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("null")]
    [InlineData("""[1,"x",{},{"name":3}]""")]
    public void Json_without_named_options_means_none(string text) => Assert.Empty(OptionText.Parse(text));

    [Theory]
    [InlineData("notjson")]
    [InlineData("")]
    [InlineData("[null]")]
    [InlineData("[{\"name\":\"a\"")]
    public void Text_that_cannot_be_read_is_an_error(string text) =>
        Assert.Throws<FormatException>(() => OptionText.Parse(text));

    [Theory]
    [InlineData("orthophoto-resolutoin", "orthophoto-resolution")]
    [InlineData("dms", "dsm")]
    [InlineData("completely-different-thing", null)]
    [InlineData("foo", null)]
    public void A_mistyped_name_gets_a_suggestion(string name, string? expected) =>
        Assert.Equal(expected, OptionCatalogue.BuiltIn.Suggest(name));

    [Fact]
    public void Arguments_leave_out_false_and_use_bare_flags()
    {
        var validation = Validate(
            """[{"name":"dsm","value":true},{"name":"dtm","value":false},{"name":"boundary","value":"{\"a\": \"$(x)\"}"}]""");

        Assert.Equal(["--boundary", "{\"a\": \"$(x)\"}", "--dsm"], validation.Values.SelectMany(value => value.ToArguments()));
    }

    private static OptionValidation Validate(string text) => OptionCatalogue.BuiltIn.Validate(OptionText.Parse(text));
}
