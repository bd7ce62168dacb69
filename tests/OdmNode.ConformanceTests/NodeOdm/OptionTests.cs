using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>Options that clients send: conversion, domains, texts. The pairs were recorded from a running reference node.</summary>
public sealed class OptionTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N86_Unknown_and_withheld_names_are_dropped() => Assert.Equal(
        ["dsm=true"],
        await EchoAsync("""[{"name":"unknown","value":1},{"name":"project-path","value":"/etc"},{"name":"gcp","value":"x"},{"name":"dsm","value":true}]"""));

    [Fact]
    public async Task N87_The_result_is_in_the_engines_order_and_the_first_duplicate_wins() => Assert.Equal(
        ["crop=1", "dtm=true", "dsm=false"],
        await EchoAsync("""[{"name":"dsm","value":"0"},{"name":"crop","value":1},{"name":"dtm","value":"1"},{"name":"crop","value":2},{"name":"dsm","value":true}]"""));

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("\"true\"", "true")]
    [InlineData("\"false\"", "false")]
    [InlineData("\"1\"", "true")]
    [InlineData("\"0\"", "false")]
    public async Task N88_A_bool_is_read_from_six_values(string given, string echoed) =>
        Assert.Equal(["dsm=" + echoed], await EchoAsync($$"""[{"name":"dsm","value":{{given}}}]"""));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("0", "0")]
    [InlineData("\"yes\"", "yes")]
    [InlineData("\"True\"", "True")]
    [InlineData("\"\"", "")]
    [InlineData("null", "null")]
    [InlineData("[]", "")]
    [InlineData("{}", "[object Object]")]
    public async Task N88_Nothing_else_is_a_bool(string given, string shown) => Assert.Equal(
        $$"""[{"name":"dsm","error":"Cannot convert {{shown}} to boolean"}]""", await RefusalAsync($$"""[{"name":"dsm","value":{{given}}}]"""));

    [Fact]
    public async Task N88_A_bool_without_value_is_refused() => Assert.Equal(
        """[{"name":"dsm","error":"Cannot convert undefined to boolean"}]""", await RefusalAsync("""[{"name":"dsm"}]"""));

    [Theory]
    [InlineData("mesh-size", "\"300000\"", "300000")]
    [InlineData("mesh-size", "12345", "12345")]
    [InlineData("crop", "\"2.5\"", "2.5")]
    [InlineData("crop", "0", "0")]
    [InlineData("dem-resolution", "\"5\"", "5")]
    [InlineData("gps-z-offset", "-1.5", "-1.5")]
    public async Task N89_Numbers_are_echoed_as_numbers(string name, string given, string echoed) =>
        Assert.Equal([$"{name}={echoed}"], await EchoAsync($$"""[{"name":"{{name}}","value":{{given}}}]"""));

    [Theory]
    [InlineData("mesh-size", "\"12.9\"", "12")]
    [InlineData("mesh-size", "12.9", "12")]
    [InlineData("mesh-size", "\"1e3\"", "1")]
    [InlineData("mesh-size", "\"0x10\"", "16")]
    [InlineData("mesh-size", "\" 7 px\"", "7")]
    [InlineData("dem-resolution", "\"2.5abc\"", "2.5")]
    [InlineData("dem-resolution", "\"1e2\"", "100")]
    [InlineData("min-num-features", "\"-5\"", "-5")]
    [InlineData("mesh-size", "100000000000000000", "100000000000000000")]
    public async Task N90_The_leading_number_counts(string name, string given, string echoed) =>
        Assert.Equal([$"{name}={echoed}"], await EchoAsync($$"""[{"name":"{{name}}","value":{{given}}}]"""));

    [Theory]
    [InlineData("mesh-size", "0")]
    [InlineData("rolling-shutter-readout", "0.5")]
    [InlineData("split-overlap", "150.25")]
    [InlineData("mesh-octree-depth", "1")]
    [InlineData("mesh-octree-depth", "14")]
    [InlineData("orthophoto-resolution", "0.001")]
    [InlineData("dem-resolution", "-3")]
    [InlineData("sm-cluster", "\"http://127.0.0.1:1/\"")]
    [InlineData("primary-band", "5")]
    [InlineData("feature-type", "\"sift\"")]
    [InlineData("rerun-from", "\"\"")]
    public async Task N91_Values_within_the_domain_pass(string name, string value) =>
        Assert.Equal([$"{name}={value}"], await EchoAsync($$"""[{"name":"{{name}}","value":{{value}}}]"""));

    [Theory]
    [InlineData("mesh-size", "-5", "-5 (out of range)")]
    [InlineData("mesh-size", "\"abc\"", "NaN (out of range)")]
    [InlineData("mesh-size", "{\"a\":1}", "NaN (out of range)")]
    [InlineData("crop", "-0.5", "-0.5 (out of range)")]
    [InlineData("crop", "\"Infinity\"", "Infinity (out of range)")]
    [InlineData("dem-resolution", "\"-Infinity\"", "-Infinity (out of range)")]
    [InlineData("mesh-octree-depth", "0", "0 (out of range)")]
    [InlineData("mesh-octree-depth", "99", "99 (out of range)")]
    [InlineData("orthophoto-resolution", "0", "0 (out of range)")]
    [InlineData("feature-type", "\"nope\"", "nope (not in enum)")]
    [InlineData("feature-type", "\"SIFT\"", "SIFT (not in enum)")]
    [InlineData("feature-type", "[\"sift\"]", "sift (not in enum)")]
    [InlineData("feature-type", "5", "5 (not in enum)")]
    public async Task N91_Values_outside_the_domain_are_refused(string name, string given, string shown) => Assert.Equal(
        $$"""[{"name":"{{name}}","error":"Invalid value {{shown}}"}]""", await RefusalAsync($$"""[{"name":"{{name}}","value":{{given}}}]"""));

    [Theory]
    [InlineData("{\"a\":1}", "[object Object]")]
    [InlineData("5", "5")]
    [InlineData("true", "true")]
    [InlineData("\"{\"", "{")]
    [InlineData("\"\"", "")]
    public async Task N92_A_json_option_wants_a_text_that_is_json(string given, string shown)
    {
        Assert.Equal(
            $$"""[{"name":"boundary","error":"Invalid value {{shown}} (out of range)"}]""",
            await RefusalAsync($$"""[{"name":"boundary","value":{{given}}}]"""));
        Assert.Equal(["boundary=\"{\\\"a\\\": 1}\""], await EchoAsync("""[{"name":"boundary","value":"{\"a\": 1}"}]"""));
    }

    [Fact]
    public async Task N93_All_failures_are_reported_in_the_engines_order() => Assert.Equal(
        """[{"name":"feature-type","error":"Invalid value nope (not in enum)"},{"name":"mesh-octree-depth","error":"Invalid value 99 (out of range)"},{"name":"crop","error":"Invalid value -1 (out of range)"},{"name":"dsm","error":"Cannot convert yes to boolean"}]""",
        await RefusalAsync("""[{"name":"mesh-octree-depth","value":99},{"name":"crop","value":-1},{"name":"feature-type","value":"nope"},{"name":"dsm","value":"yes"}]"""));

    [Theory]
    [InlineData("notjson")]
    [InlineData("[null]")]
    [InlineData("[{\"name\":\"dsm\"")]
    public async Task N94_Text_that_is_no_json_is_an_error(string options) => Assert.NotEmpty(await RefusalAsync(options));

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("[1,\"x\",{},{\"name\":3}]")]
    public async Task N94_Json_without_named_options_means_none(string options) => Assert.Empty(await EchoAsync(options));

    [Theory]
    [InlineData("[]", "pc-ept=true cog=true gltf=true")]
    [InlineData("[{\"name\":\"cog\",\"value\":false}]", "cog=false pc-ept=true gltf=true")]
    [InlineData("[{\"name\":\"gltf\",\"value\":\"1\"},{\"name\":\"pc-ept\",\"value\":\"0\"}]", "pc-ept=false gltf=true cog=true")]
    public async Task N96_Three_options_are_added_unless_they_are_given(string options, string expected)
    {
        var uuid = await _node.CreateWithAsync(("options", options));

        Assert.Equal(expected.Split(' '), (await _node.WaitForEndAsync(uuid)).Options());
        Assert.Empty(await EchoAsync("[]"));
    }

    [Fact]
    public async Task N97_N98_Texts_reach_the_engine_unchanged_and_without_any_shell()
    {
        const string polygon = """{"type": "Polygon", "note": "$(touch escaped) `touch escaped` 'z' \"q\" ; touch escaped & | > escaped"}""";
        const string cluster = "$(touch escaped);`touch escaped`\n\"; touch escaped #";
        var uuid = await _node.CreateWithAsync(
            ("options", JsonSerializer.Serialize(new object[] { new { name = "boundary", value = polygon }, new { name = "sm-cluster", value = cluster } })));
        await _node.WaitForEndAsync(uuid);
        var output = string.Join('\n', await _node.OutputAsync(uuid));

        Assert.Contains($"argument <--boundary>\nargument <{polygon}>\nargument <--sm-cluster>\nargument <{cluster}>", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(shared.Surroundings, "escaped", SearchOption.AllDirectories));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(NodeProcess.Engine)!, "escaped")));
    }

    /// <summary>What the task shows of these options.</summary>
    private async Task<IEnumerable<string>> EchoAsync(string options) =>
        (await _node.InfoAsync(await _node.CreateWithAsync(("options", options), ("skipPostProcessing", "true")))).Options();

    private async Task<string> RefusalAsync(string options)
    {
        using var form = new RawForm();
        return (await _node.PostAsync("/task/new/init", form.Field("options", options).End().ToContent())).Error();
    }
}
