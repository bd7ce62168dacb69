using System.Diagnostics;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class UserVerbTests(WebOdmNode shared) : IClassFixture<WebOdmNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task Users_are_managed_beside_a_running_daemon()
    {
        Assert.Equal(0, (await RunAsync("first", "add", "hanna")).Code);
        using (var client = await WebOdmClient.LogInAsync(_node, "hanna", "first"))
        {
            await client.ProjectAsync();
            Assert.Equal(0, (await RunAsync(string.Empty, "disable", "hanna")).Code);
            Assert.Equal((403, """{"detail":"User account is disabled."}"""), (await client.GetAsync("projects/")).Both);
        }

        Assert.Equal(0, (await RunAsync(string.Empty, "enable", "hanna")).Code);
        Assert.Equal(0, (await RunAsync("second", "password", "hanna")).Code);
        (await WebOdmClient.LogInAsync(_node, "hanna", "second")).Dispose();
        Assert.Contains("hanna\n", (await RunAsync(string.Empty, "list")).Output, StringComparison.Ordinal);
        var (code, output) = await RunAsync("x", "add", "hanna");
        Assert.Equal(1, code);
        Assert.Contains("There is a user hanna already", output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync(string.Empty, "add", "otto")).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" otto")]
    [InlineData("ot:to")]
    [InlineData("ot\nto")]
    public async Task A_name_that_could_not_log_in_is_refused(string name)
    {
        var (code, output) = await RunAsync("x", "add", name);
        Assert.Equal(1, code);
        Assert.Contains("name", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "odmnode.dll"), "user", .. arguments, "--data", _node.Data])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
