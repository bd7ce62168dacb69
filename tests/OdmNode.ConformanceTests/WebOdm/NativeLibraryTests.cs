using System.Text.RegularExpressions;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>What the loader tells of a daemon's native libraries.</summary>
public sealed partial class NativeLibraryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_library_of_the_system_is_given_a_codec_of_OpenCV_for_its_own()
    {
        var told = _folder.PathOf("loader");
        var environment = new Dictionary<string, string> { ["LD_DEBUG"] = "bindings", ["LD_DEBUG_OUTPUT"] = told };
        await using (var node = await NodeProcess.StartInAsync(environment, _folder.PathOf("data"), "--test", "--webodm-password", "admin"))
        {
            using var client = await WebOdmClient.LogInAsync(node);
            using var form = new MultipartFormDataContent { { new StringContent("50"), "resize_to" } };
            foreach (var name in (string[])["a.jpg", "b.jpg"])
            {
                form.Add(new ByteArrayContent(JpegEncoder.Consume(new ImageBuffer(100, 80, 3), 90)), "images", name);
            }

            var tasks = $"projects/{await client.ProjectAsync()}/tasks/";
            await client.WaitForAsync($"{tasks}{(await client.PostAsync(tasks, form)).Json.GetProperty("id")}/", 40);
        }

        var bindings = Directory.GetFiles(_folder.Root, "loader.*").SelectMany(File.ReadLines).Select(line => BindingPattern().Match(line))
            .Where(match => match.Success).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Equal(["libOpenCvSharpExtern.so"], bindings);
    }

    /// <summary>Who found a function in OpenCV's library.</summary>
    [GeneratedRegex(@"binding file (?:\S*/)?(\S+) \[\d+\] to \S*/libOpenCvSharpExtern\.so ")]
    private static partial Regex BindingPattern();
}
