using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Tasks.Uploads;

namespace OdmNode.PropertyTests.Http;

/// <summary>Multipart bodies of scraps, whole and damaged: they are read or refused, and where the network cuts them makes no difference.</summary>
public sealed class FormFuzzTests
{
    private const int Forms = 5000;

    [Fact]
    public async Task Any_body_is_read_or_refused_and_where_it_is_cut_makes_no_difference()
    {
        var outcomes = new Dictionary<string, int>();
        for (var seed = 0; seed < Forms; seed++)
        {
            var scrap = new Scrap(seed);
            var boundary = scrap.Of("b", "----WebKitFormBoundary7MA4YWxk", "'()+_,-./:=?", "--", new string('b', 70));
            var body = scrap.Chance(60) ? scrap.Form(boundary) : scrap.Damage(scrap.Form(boundary));
            var type = $"multipart/form-data; boundary=\"{boundary}\"";
            var whole = await ReadAsync(new MemoryStream(body), type, seed);
            foreach (var longest in (int[])[1, 7, 4096])
            {
                Assert.Equal(whole, await ReadAsync(new ChoppedStream(body, scrap.Random, longest), type, seed));
            }

            var kind = whole.Split('\n')[^1];
            outcomes[kind] = outcomes.GetValueOrDefault(kind) + 1;
        }

        // A generator that makes nothing but refusals would prove little.
        Assert.True(outcomes["read"] > Forms / 2, string.Join(", ", outcomes));
        Assert.True(outcomes.Count >= 3, string.Join(", ", outcomes));
    }

    [Fact]
    public async Task A_proper_body_gives_back_exactly_what_was_put_in()
    {
        var checkedForms = 0;
        for (var seed = 0; seed < Forms; seed++)
        {
            var scrap = new Scrap(seed);
            var boundary = scrap.Of("b", "bb", "----WebKitFormBoundary7MA4YWxk", "--", "-b-");
            var contents = Enumerable.Range(0, scrap.Random.Next(5)).Select(_ => scrap.Content(boundary)).ToList();
            if (contents.Any(content => ("\r\n" + Encoding.Latin1.GetString(content)).Contains("\r\n--" + boundary, StringComparison.Ordinal)))
            {
                continue;
            }

            checkedForms++;
            using var body = new MemoryStream();
            var expected = new StringBuilder();
            for (var i = 0; i < contents.Count; i++)
            {
                body.Write(Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"images\"; filename=\"{i}\"\r\n\r\n"));
                body.Write(contents[i]);
                body.Write("\r\n"u8);
                expected.Append("images|").Append(i).Append('|').Append(Convert.ToHexString(SHA256.HashData(contents[i]))).Append('\n');
            }

            body.Write(Encoding.UTF8.GetBytes($"--{boundary}--"));
            var type = $"multipart/form-data; boundary={boundary}";
            Assert.Equal(expected + "read", await ReadAsync(new ChoppedStream(body.ToArray(), scrap.Random, scrap.Of(1, 5, 100)), type, seed));
        }

        Assert.True(checkedForms > Forms / 2);
    }

    [Fact]
    public async Task Any_content_type_is_one_of_a_form_or_of_none()
    {
        for (var seed = 0; seed < Forms; seed++)
        {
            var scrap = new Scrap(seed);
            var type = scrap.Of("multipart/form-data", "multipart/form-data; boundary=b", "Multipart/Form-Data;boundary", "text/plain", "") + scrap.Text();
            var outcome = await ReadAsync(new MemoryStream(scrap.Form("b")), type, seed);

            Assert.True(
                type.TrimStart().StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) || outcome == "read", $"Seed {seed}: {type}: {outcome}");
        }
    }

    /// <summary>What came of a body, as text: the files with the hashes of their contents, the fields, and how it ended.</summary>
    private static async Task<string> ReadAsync(Stream body, string type, int seed)
    {
        var outcome = new StringBuilder();
        var context = new DefaultHttpContext { Request = { Body = body, ContentType = type, Method = "POST" } };
        try
        {
            var fields = await MultipartForm.ReadAsync(
                context.Request,
                UploadFields.Names,
                async (field, file, content) =>
                {
                    using var kept = new MemoryStream();
                    await content.CopyToAsync(kept);
                    outcome.Append('\n').Append(field).Append('|').Append(Stored(file)).Append('|').Append(Convert.ToHexString(SHA256.HashData(kept.ToArray())));
                },
                CancellationToken.None);
            foreach (var (name, value) in fields)
            {
                Assert.Contains(name, UploadFields.Names);
                outcome.Append('\n').Append(name).Append('=').Append(value.Replace('\n', '/'));
            }

            return outcome.Append("\nread").ToString().TrimStart('\n');
        }
        catch (RequestRefusedException refusal)
        {
            return outcome.Append('\n').Append(refusal.Message.Split('\'')[0]).ToString();
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"Seed {seed} was neither read nor refused.", exception);
        }
    }

    /// <summary>The name under which a file would be stored; it never leads out of its folder.</summary>
    private static string Stored(string given)
    {
        try
        {
            if (UploadNames.Clean(given) is not { } name)
            {
                return "nothing";
            }

            Assert.Equal("/data/images", Path.GetDirectoryName(Path.GetFullPath(Path.Combine("/data/images", name))));
            Assert.DoesNotContain(name, char.IsControl);
            Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 255);
            Assert.NotEqual("body.json", name);
            Assert.NotEqual(name, UploadNames.Next(name));
            return name;
        }
        catch (FormatException)
        {
            return "refused";
        }
    }
}
