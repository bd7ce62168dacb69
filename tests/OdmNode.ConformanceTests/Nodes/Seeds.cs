using System.Globalization;
using System.IO.Compression;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>Archives that clients send under the name <c>seed.zip</c>.</summary>
internal static class Seeds
{
    /// <summary>So many that unpacking them takes long enough to look at a task that is being initialised.</summary>
    public const int ManyEntries = 4_000;

    private static readonly Lazy<byte[]> ManyArchive = new(
        () => Zip([.. Enumerable.Range(0, ManyEntries).Select(number => number.ToString("'many/'0000'.txt'", CultureInfo.InvariantCulture))]));

    public static byte[] Many => ManyArchive.Value;

    /// <summary>An archive whose entries all hold the word <c>seed</c>.</summary>
    public static byte[] Zip(params string[] entries)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                using var stream = archive.CreateEntry(entry, CompressionLevel.NoCompression).Open();
                stream.Write("seed"u8);
            }
        }

        return zip.ToArray();
    }

    /// <summary>Creates a task with one photo and that seed.</summary>
    public static async Task<string> CreateSeededAsync(this NodeProcess node, byte[] seed, string mode = "")
    {
        var form = NodeCalls.Form("a.jpg");
        form.Add(new ByteArrayContent(seed), "images", "seed.zip");
        form.Add(new StringContent(NodeCalls.Mode(mode)), "options");
        return (await node.PostAsync("/task/new", form)).Uuid();
    }
}
