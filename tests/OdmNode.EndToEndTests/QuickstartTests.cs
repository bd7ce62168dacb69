using System.Globalization;
using OdmNode.EndToEndTests.Support;
using OdmNode.Testing.Network;
using OdmNode.Testing.Products;

namespace OdmNode.EndToEndTests;

/// <summary>A user's script in another language, with the library that such scripts use.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class QuickstartTests(SurveyFixture surveys)
{
    [Fact]
    public async Task A_script_for_WebODM_turns_a_folder_of_photos_into_an_orthophoto()
    {
        int port = FreePort.Next();
        using RunningProgram node = RunningProgram.Start(
            "serve", "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", surveys.NewFolder("quickstart-data"),
            "--webodm-password", "chosen");
        using var client = new NodeClient(port);
        await client.WaitUntilUpAsync(node);
        string orthophoto = Path.Combine(surveys.NewFolder("quickstart"), "map.tif");
        string said = await Task.Run(() => ExternalTool.Run(
            "/usr/bin/python3", Script(), surveys.TinyImages, "--server", $"http://127.0.0.1:{port}", "--password", "chosen", "--output", orthophoto,
            "--pause", "0.3", "--option", "skip-3dmodel", "--option", "orthophoto-resolution=10"));

        Assert.Contains("6 photos sent", said, StringComparison.Ordinal);
        Assert.Contains("export-orthophoto", said, StringComparison.Ordinal);
        RasterFile alpha = RasterFile.Read(orthophoto, 4);
        Assert.True(DataCoverage.Of(alpha).Share > 0.8);
        Assert.Empty((await client.GetAsync("task/list")).EnumerateArray());
    }

    private static string Script()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OdmNode.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository."), "tests", "scripts", "quickstart.py");
    }
}
