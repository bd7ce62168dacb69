using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm.Mapping;
using OdmNode.Core.Identity;
using OdmNode.Core.Options;

namespace OdmNode.PropertyTests.Http;

/// <summary>Texts that clients send beside files, of scraps: each is understood or refused, and never anything else.</summary>
public sealed partial class TextFuzzTests
{
    private const int Texts = 20_000;

    private static readonly List<string> Names = [.. OptionCatalogue.BuiltIn.Definitions.Select(definition => definition.Name)];

    [Fact]
    public void Any_options_become_values_that_an_engine_and_a_client_can_be_told_or_are_refused()
    {
        var accepted = 0;
        for (var seed = 0; seed < Texts; seed++)
        {
            var text = new Scrap(seed).Options(Names);
            try
            {
                var values = TaskRequestMapping.ReadOptions(text, OptionCatalogue.BuiltIn).Values;
                accepted += values.Count > 0 ? 1 : 0;
                Assert.Equal(values.Select(value => Names.IndexOf(value.Name)).Order(), values.Select(value => Names.IndexOf(value.Name)));
                foreach (var value in values)
                {
                    Assert.DoesNotContain(value.ToArguments(), argument => argument.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(argument));
                    Assert.True(JsonElement.DeepEquals(value.Value, JsonElement.Parse(JsonSerializer.Serialize(value.Value))), $"Seed {seed}: {text}");
                }
            }
            catch (RequestRefusedException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"Seed {seed}: {text}", exception);
            }
        }

        Assert.True(accepted > Texts / 40, $"Only {accepted} were accepted.");
    }

    [Fact]
    public async Task Any_body_of_an_action_is_read_or_refused_however_it_is_cut()
    {
        for (var seed = 0; seed < Texts / 2; seed++)
        {
            var scrap = new Scrap(seed);
            var type = scrap.Of("application/json", "application/x-www-form-urlencoded", "application/json; charset=utf-8", "text/plain", "") + (scrap.Chance(5) ? scrap.Text() : "");
            var text = type.Contains("json", StringComparison.Ordinal)
                ? $$"""{"uuid":"{{scrap.Text()}}","options":{{scrap.Options(Names)}} }"""
                : $"uuid={scrap.Text()}&options={(scrap.Chance(50) ? Uri.EscapeDataString(scrap.Options(Names)) : scrap.Text())}&{scrap.Text()}";
            var body = scrap.Chance(70) ? Encoding.UTF8.GetBytes(text) : scrap.Damage(Encoding.UTF8.GetBytes(text));

            var whole = await ReadActionAsync(new MemoryStream(body), type, seed);
            Assert.Equal(whole, await ReadActionAsync(new ChoppedStream(body, scrap.Random, 5), type, seed));
        }
    }

    [Fact]
    public void Any_line_number_is_the_leading_integer_or_zero()
    {
        for (var seed = 0; seed < Texts; seed++)
        {
            var scrap = new Scrap(seed);
            var text = scrap.Of("", " ", "-", "+") + scrap.Of("", "0", "7", "12.9", "99999999999999999999", "9223372036854775808", "-5", "3abc") + scrap.Text(1);
            var number = LeadingPattern().Match(text) is { Success: true } match ? BigInteger.Parse(match.Value, CultureInfo.InvariantCulture) : 0;
            var expected = (long)BigInteger.Clamp(number, long.MinValue, long.MaxValue);

            Assert.Equal(expected, QueryNumbers.LeadingInteger(Query(text), "line"));
            Assert.Equal(0, QueryNumbers.LeadingInteger(Query(text, "5"), "line"));
            Assert.Equal(0, QueryNumbers.LeadingInteger(Query(text), "with_output"));
        }
    }

    [Fact]
    public void Any_disposition_is_understood_and_a_proper_one_rightly()
    {
        for (var seed = 0; seed < Texts; seed++)
        {
            var scrap = new Scrap(seed);
            var header = scrap.Disposition();
            var parsed = ContentDisposition.Parse(scrap.Chance(50) ? header : Encoding.UTF8.GetString(scrap.Damage(Encoding.UTF8.GetBytes(header))));
            Assert.NotNull(parsed.Name);
            var (name, file) = (scrap.Text().Replace("\"", "", StringComparison.Ordinal), scrap.Text().Replace("\"", "", StringComparison.Ordinal));
            if (!name.EndsWith('\\') && !file.EndsWith('\\'))
            {
                Assert.Equal(new ContentDisposition(name, file), ContentDisposition.Parse($"form-data; name=\"{name}\"; filename=\"{file}\""));
            }

            Assert.Equal(new ContentDisposition(name.Length == 0 ? "" : "n", file), ContentDisposition.Parse(
                $"form-data; {(name.Length == 0 ? "flag" : "name=n")}; filename*=UTF-8''{Uri.EscapeDataString(file)}"));
        }
    }

    [Fact]
    public void Any_id_is_a_folder_of_its_own_or_none()
    {
        for (var seed = 0; seed < Texts; seed++)
        {
            var scrap = new Scrap(seed);
            var digits = new byte[16];
            scrap.Random.NextBytes(digits);
            var text = new Guid(digits).ToString(scrap.Of("D", "D", "D", "N", "B"));
            text = scrap.Chance(30) ? text.ToUpperInvariant() : text;
            text = scrap.Chance(50) ? text : Encoding.UTF8.GetString(scrap.Damage(Encoding.UTF8.GetBytes(text)));

            Assert.Equal(IdPattern().IsMatch(text), TaskId.TryParse(text, out var id));
            if (id.Value is not null)
            {
                Assert.Equal(text, id.Value);
                Assert.Equal("/data/" + text, Path.GetFullPath(Path.Combine("/data", id.Value)));
            }
        }
    }

    private static async Task<string> ReadActionAsync(Stream body, string type, int seed)
    {
        var context = new DefaultHttpContext { Request = { Body = body, ContentType = type, Method = "POST" } };
        try
        {
            var read = await ActionBody.ReadAsync(context.Request, CancellationToken.None);
            return $"{read.Uuid}|{read.OptionsText}|{read.OptionsArray}";
        }
        catch (RequestRefusedException refusal)
        {
            return refusal.Message;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed} was neither read nor refused.", exception);
        }
    }

    /// <summary>True when every surrogate has its other half; the enumeration puts U+FFFD for one that has not.</summary>
    private static bool IsWellFormed(string text) => text == string.Concat(text.EnumerateRunes());

    private static QueryCollection Query(params string[] values) => new(new Dictionary<string, StringValues> { ["line"] = new(values) });

    [GeneratedRegex(@"^\s*[+-]?[0-9]+")]
    private static partial Regex LeadingPattern();

    [GeneratedRegex(@"\A[0-9a-f]{8}-[0-9a-f]{4}-[1-7][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
