using System.Text;

namespace OdmNode.PropertyTests.Http;

/// <summary>Makes random input out of scraps of what clients send, and damages it. One seed makes one input.</summary>
internal sealed class Scrap(int seed)
{
    private static readonly string[] Texts =
    [
        "", "a", "images", "name", "options", "a.jpg", "../../x", "..", ".", "c:\\x\\y", "body.json", "true", "[]", "null", "日本", "\u0000", "\u0085", "\ud83d\ude00",
        "--", "-", "\r", "\n", "\r\n", "\r\n\r\n", "\"", "\\", "\\\"", ";", "=", ":", ",", " ", "\t", "'", "%", "%2f", "%00", "UTF-8''a%20b", "\\ud800", "\\u0000", "\ufffd",
    ];

    /// <summary>The sequence behind it.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>One of several.</summary>
    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Random.Next(choices.Length)];

    /// <summary>True that often in a hundred.</summary>
    public bool Chance(int percent) => Random.Next(100) < percent;

    /// <summary>A text of a few scraps, and sometimes of a few characters of any kind.</summary>
    public string Text(int scraps = 3)
    {
        var text = new StringBuilder();
        for (var count = Random.Next(scraps + 1); count > 0; count--)
        {
            text.Append(Chance(85) ? Of<string>(Texts) : ((char)Random.Next(0xd800)).ToString());
        }

        return text.ToString();
    }

    /// <summary>Changes, doubles, drops or cuts off a few stretches.</summary>
    public byte[] Damage(byte[] bytes)
    {
        var damaged = bytes.ToList();
        for (var count = Random.Next(4); count > 0 && damaged.Count > 0; count--)
        {
            var start = Random.Next(damaged.Count);
            var length = Math.Min(Random.Next(1, 12), damaged.Count - start);
            switch (Random.Next(5))
            {
                case 0:
                    damaged[start] = (byte)Random.Next(256);
                    break;
                case 1:
                    damaged.RemoveRange(start, length);
                    break;
                case 2:
                    damaged.InsertRange(start, damaged.GetRange(start, length));
                    break;
                case 3:
                    damaged.InsertRange(start, Encoding.UTF8.GetBytes(Text()));
                    break;
                default:
                    damaged.RemoveRange(start, damaged.Count - start);
                    break;
            }
        }

        return [.. damaged];
    }

    /// <summary>Content of a part: text, bytes, and what looks like the boundary.</summary>
    public byte[] Content(string boundary)
    {
        var content = new List<byte>();
        for (var pieces = Random.Next(5); pieces > 0; pieces--)
        {
            switch (Random.Next(4))
            {
                case 0:
                    content.AddRange(Encoding.UTF8.GetBytes(Text()));
                    break;
                case 1:
                    content.AddRange(Encoding.UTF8.GetBytes(("\r\n--" + boundary)[..Random.Next(1, 4 + boundary.Length)]));
                    break;
                case 2:
                    content.AddRange(Enumerable.Repeat((byte)'x', Random.Next(300)));
                    break;
                default:
                    var bytes = new byte[Random.Next(64)];
                    Random.NextBytes(bytes);
                    content.AddRange(bytes);
                    break;
            }
        }

        return [.. content];
    }

    /// <summary>A multipart body, mostly as it should be.</summary>
    public byte[] Form(string boundary)
    {
        using var body = new MemoryStream();
        void Write(string text) => body.Write(Encoding.UTF8.GetBytes(text));

        Write(Chance(10) ? Text() + "\r\n" : string.Empty);
        for (var parts = Random.Next(6); parts > 0; parts--)
        {
            Write($"--{boundary}{(Chance(5) ? " \t" : string.Empty)}\r\n");
            Write(Chance(90) ? $"Content-Disposition: {Disposition()}\r\n" : Text() + "\r\n");
            Write(Chance(30) ? $"Content-Type: {Of("image/jpeg", "application/octet-stream", "multipart/mixed; boundary=c")}\r\n" : string.Empty);
            Write("\r\n");
            body.Write(Content(boundary));
            Write("\r\n");
        }

        Write(Chance(90) ? $"--{boundary}--{(Chance(80) ? "\r\n" : Text())}" : string.Empty);
        return body.ToArray();
    }

    /// <summary>A content disposition in one of the ways they are written.</summary>
    public string Disposition()
    {
        var name = Chance(70) ? Of("images", "name", "options", "outputs") : Text();
        var file = Chance(60) ? Of("; filename=\"", "; filename=", "; filename*=UTF-8''", "; FileName=\"") + Text() + (Chance(90) ? "\"" : string.Empty) : string.Empty;
        return $"form-data{(Chance(5) ? ";" : string.Empty)}; name=\"{name}\"{file}{(Chance(10) ? "; " + Text() : string.Empty)}";
    }

    /// <summary>Options as JSON: names of the catalogue and others, values of every kind.</summary>
    public string Options(IReadOnlyList<string> names)
    {
        var elements = Enumerable.Range(0, Random.Next(5)).Select(_ => Random.Next(12) switch
        {
            0 => Value(0),
            1 => $$"""{"name":{{Value(0)}}}""",
            _ => $$"""{"name":"{{Name(names)}}","value":{{Value(0)}}}""",
        });
        var text = $"[{string.Join(',', elements)}]";
        return Chance(70) ? text : Encoding.UTF8.GetString(Damage(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Often an option that takes any text, so that more than refusals comes of it.</summary>
    private string Name(IReadOnlyList<string> names) =>
        Chance(60) ? Of("primary-band", "sm-cluster") : Chance(85) ? names[Random.Next(names.Count)] : Text();

    private string Value(int depth) => Random.Next(depth > 3 ? 9 : 11) switch
    {
        0 => "true",
        1 => "false",
        2 => "null",
        3 => Random.Next(-100, 100).ToString(System.Globalization.CultureInfo.InvariantCulture),
        4 => Of("1e999", "-1e999", "1e17", "1e21", "0.0000001", "-0", "12.9", "99999999999999999999", "1e-400"),
        5 => Of("\"true\"", "\"0\"", "\"12.9\"", "\"2.5abc\"", "\"Infinity\"", "\"0x\"", "\"-\"", "\".\"", "\"1e\"", "\"{\\\"a\\\":1}\""),
        6 => Of("\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"\\n\"", "\"\\\\ud800\""),
        7 or 8 => $"\"{Text().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        9 => $"[{Value(depth + 1)},{Value(depth + 1)}]",
        _ => $$"""{"a":{{Value(depth + 1)}}}""",
    };
}
