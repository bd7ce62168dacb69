using System.Globalization;
using System.Text;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.HostileInput;

/// <summary>Texts, numbers and queries beyond what they are meant to hold.</summary>
public sealed class HostileTextTests(HostileNode shared) : IClassFixture<HostileNode>
{
    private const string Json = "application/json";
    private const string Urlencoded = "application/x-www-form-urlencoded";

    private readonly NodeProcess _node = shared.Node;

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("[{\"name\":\"primary-band\",\"value\":[")]
    public async Task Json_a_hundred_thousand_levels_deep_is_an_error(string level)
    {
        var deep = string.Concat(Enumerable.Repeat(level, 100_000));
        var uuid = await _node.CreateAsync("hold");

        Assert.NotEmpty((await InitAsync("options", deep[..Math.Min(deep.Length, 1_000_000)])).Error());
        Assert.NotEmpty((await InitAsync("outputs", deep[..Math.Min(deep.Length, 1_000_000)])).Uuid());
        Assert.NotEmpty((await ActAsync("cancel", $$"""{"uuid":{{deep}}""", Json)).Json.Error());
        Assert.NotEmpty((await ActAsync("restart", $"uuid={uuid}&options={Uri.EscapeDataString(deep[..100_000])}", Urlencoded)).Json.Error());
        Assert.Equal(20, (await _node.InfoAsync(uuid)).Code());
        await _node.SucceedAsync("remove", uuid);
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("mesh-size", "1e999", "NaN|Infinity")]
    [InlineData("mesh-size", "-1e999", "NaN|-Infinity")]
    [InlineData("crop", "1e999", "Infinity")]
    [InlineData("crop", "\"1e999\"", "Infinity")]
    [InlineData("primary-band", "1e999", "Infinity")]
    [InlineData("sm-cluster", "-1e999", "-Infinity")]
    public async Task Numbers_that_are_none_are_refused(string name, string given, string shown)
    {
        var error = (await InitAsync("options", $$"""[{"name":"{{name}}","value":{{given}}}]""")).Error();

        Assert.Contains(error, shown.Split('|').Select(number => $$"""[{"name":"{{name}}","error":"Invalid value {{number}} (out of range)"}]"""));
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Numbers_of_a_megabyte_are_read_or_refused()
    {
        var digits = new string('9', 900_000);
        foreach (var value in (string[])[digits, $"\"{digits}\"", $"0.{digits}", $"\"0x{digits}\"", $"\"{new string('-', 900_000)}\""])
        {
            var answer = await InitAsync("options", $$"""[{"name":"mesh-size","value":{{value}}}]""");
            Assert.True(answer.TryGetProperty("uuid", out _) || answer.TryGetProperty("error", out _));
        }

        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_large_number_reaches_the_engine_as_it_is()
    {
        var uuid = await _node.CreateWithAsync(("options", """[{"name":"mesh-size","value":1e17},{"name":"smrf-slope","value":0.000001}]"""));
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(
            ["argument <--mesh-size>", "argument <100000000000000000>", "argument <--smrf-slope>", "argument <0.000001>"], (await _node.OutputAsync(uuid))[..4]);
    }

    [Theory]
    [InlineData("\\ud800", "\ufffd")]
    [InlineData("x\\udc00y", "x\ufffdy")]
    [InlineData("\\ud83d\\ude00", "\U0001f600")]
    [InlineData("\\ud83d\\ud83d\\ude00", "\ufffd\U0001f600")]
    [InlineData("\\\\ud800", "\\ud800")]
    [InlineData("\\uD800\\u0041", "\ufffdA")]
    public async Task Half_a_character_becomes_the_replacement_character(string escaped, string meant)
    {
        var uuid = await _node.CreateWithAsync(
            ("options", $$"""[{"name":"sm-cluster","value":"{{escaped}}"},{"name":"{{escaped}}","value":"{{escaped}}"},{"name":"primary-band","value":{"{{escaped}}":["{{escaped}}"]} }]"""),
            ("outputs", $"[\"{escaped}\"]"));
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal(40, info.Code());
        Assert.Equal(meant, info.GetProperty("options")[0].GetProperty("value").GetString());
        Assert.Contains($"argument <{meant}>", await _node.OutputAsync(uuid));
        Assert.Equal($"{meant} not found", (await ActAsync("cancel", $$"""{"uuid":"{{escaped}}"}""", Json)).Json.Error());
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Bytes_that_are_no_utf_8_become_the_replacement_character()
    {
        using var form = new RawForm();
        form.Part("Content-Disposition: form-data; name=\"name\"", [(byte)'a', 0xff, 0xfe, 0xc3]).File("a.jpg")
            .Part("Content-Disposition: form-data; name=\"options\"", [.. """[{"name":"sm-cluster","value":"x"""u8, 0xed, 0xa0, 0x80, .. "\"}]"u8]).End();
        var uuid = (await _node.PostAsync("/task/new", form.ToContent())).Uuid();
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal("a\ufffd\ufffd\ufffd", info.GetProperty("name").GetString());
        Assert.Equal("x\ufffd\ufffd\ufffd", info.GetProperty("options")[0].GetProperty("value").GetString());
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_nul_cannot_reach_the_engine_and_other_control_characters_do_as_they_are()
    {
        Assert.Equal(
            """[{"name":"primary-band","error":"Invalid value a""" + "\0" + """b (holds a NUL character)"}]""",
            Unescape((await InitAsync("options", """[{"name":"primary-band","value":"a\u0000b"}]""")).Error()));
        Assert.Contains("holds a NUL", (await InitAsync("options", """[{"name":"sm-cluster","value":["\u0000"]}]""")).Error(), StringComparison.Ordinal);
        var uuid = await _node.CreateWithAsync(("name", "nul\0 bell\a line\n end"), ("options", """[{"name":"sm-cluster","value":"a\u0001\tb"}]"""));
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal("nul\0 bell\a line\n end", info.GetProperty("name").GetString());
        Assert.Contains("argument <a\u0001\tb>", await _node.OutputAsync(uuid));
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Thousands_of_unknown_options_neither_slow_the_node_nor_fill_the_console()
    {
        var options = JsonSerializer.Serialize(Enumerable.Range(0, 20_000).Select(number => new { name = $"unknown\n{number}", value = number }));
        var uuid = await _node.CreateWithAsync(("options", options));
        await _node.WaitForEndAsync(uuid);
        var lines = await _node.OutputAsync(uuid);

        Assert.InRange(lines.Length, 1, 200);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData(Json, "{\"uuid\":\"", "\"}")]
    [InlineData(Urlencoded, "uuid=", "")]
    public async Task A_body_of_an_action_beyond_four_mebibytes_is_too_large(string type, string start, string end)
    {
        const string tooLarge = """{"error":"request entity too large"}""";
        var within = start + new string('x', (4 << 20) - 100) + end;
        var beyond = start + new string('x', 5 << 20) + end;

        Assert.EndsWith(" not found", (await ActAsync("cancel", within, type)).Json.Error(), StringComparison.Ordinal);
        Assert.Equal(tooLarge, (await ActAsync("cancel", beyond, type)).Text);
        Assert.Equal(tooLarge, (await ActAsync("restart", beyond, type, isChunked: true)).Text);
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("a&")]
    [InlineData("a=b&")]
    [InlineData("=&")]
    [InlineData("%")]
    [InlineData("%zz=%&")]
    public async Task A_form_of_a_million_fields_costs_no_memory(string field)
    {
        var body = string.Concat(Enumerable.Repeat(field, 4_000_000 / field.Length));

        Assert.Equal("uuid param missing.", (await ActAsync("remove", body, Urlencoded)).Json.Error());
        Assert.Equal("x not found", (await ActAsync("remove", "uuid=x&" + body, Urlencoded)).Json.Error());
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Absurd_queries_are_read_as_zero_or_refused()
    {
        var uuid = await _node.CreateAsync("lines10");
        await _node.WaitForEndAsync(uuid);
        var all = await _node.OutputAsync(uuid);
        foreach (var query in (string[])
            ["line[]=5", "line%00=5", "line=%00", "line=+", "line=--5", "line=NaN", "line=Infinity", "line=%F0%9F%98%80", "line=٣", "&&&===&line", "line=" + new string('0', 7000), string.Join('&', Enumerable.Repeat("line=5", 1000))])
        {
            var answer = await RawConnection.ExchangeAsync(_node, $"GET /task/{uuid}/output?{query} HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.True(answer.Code is 400 || answer.Json.EnumerateArray().Select(line => line.GetString()).SequenceEqual(all), query);
        }

        Assert.Empty(await _node.OutputAsync(uuid, "?line=9223372036854775807"));
        Assert.Equal(all, await _node.OutputAsync(uuid, "?line=-9223372036854775808"));
        Assert.Equal(414, (await RawConnection.ExchangeAsync(_node, $"GET /info?x={new string('y', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n")).Code);
        await shared.AssertUnharmedAsync();
    }

    private Task<JsonElement> InitAsync(string field, string value)
    {
        using var form = new RawForm();
        return _node.PostAsync("/task/new/init", form.Field(field, value).End().ToContent());
    }

    private Task<RawAnswer> ActAsync(string action, string body, string type, bool isChunked = false)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"POST /task/{action} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nConnection: close\r\n";
        return isChunked
            ? RawConnection.ExchangeAsync(
                _node, head + "Transfer-Encoding: chunked\r\n\r\n",
                (byte[])[.. Encoding.ASCII.GetBytes($"{bytes.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n"), .. bytes, .. "\r\n0\r\n\r\n"u8])
            : RawConnection.ExchangeAsync(_node, head + $"Content-Length: {bytes.Length}\r\n\r\n", bytes);
    }

    /// <summary>The error text is JSON itself, in which a NUL is written as an escape.</summary>
    private static string Unescape(string json) => json.Replace("\\u0000", "\0", StringComparison.Ordinal);
}
