using OdmNode.Core.Errors;
using OdmNode.Hosting.Configuration;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.Configuration;

public sealed class ServeOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void N175_A_flag_wins_over_the_file_the_file_over_the_environment_and_that_over_the_default()
    {
        var file = File("""{"port": 4001, "maxImages": 7}""");

        Assert.Equal(4002, Read(file, ("PORT", "4000"), (ServeSettings.Port, "4002")).Port);
        Assert.Equal(4001, Read(file, ("PORT", "4000")).Port);
        Assert.Equal(4000, Read(SettingsFile.Empty, ("PORT", "4000")).Port);
        Assert.Null(Read(SettingsFile.Empty, null).Port);
        Assert.Equal(7, Read(file, null).Node.MaxImages);
    }

    [Fact]
    public void Every_value_that_is_wrong_is_told_at_once()
    {
        var failure = Assert.Throws<OdmException>(() => Read(
            File("""{"parallelQueueProcessing": 0, "authorizedIps": ["here"]}"""), null, (ServeSettings.Port, "70000"), (ServeSettings.MaxImages, "2.5")));

        foreach (var part in new[] { "--port", "'70000'", "--parallel-queue-processing", "'0'", "authorizedIps", "'here'", "--max-images", "'2.5'" })
        {
            Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Limits_that_are_negative_or_absent_are_none()
    {
        var node = Read(File("""{"cleanupTasksAfter": -1, "maxImages": null, "token": ""}"""), null).Node;

        Assert.Null(node.CleanupTasksAfter);
        Assert.Equal(TimeSpan.FromDays(2), node.CleanupUploadsAfter);
        Assert.Null(node.MaxImages);
        Assert.Null(node.MaxRuntime);
        Assert.Null(node.MaxConcurrency);
        Assert.Null(node.Token);
    }

    [Fact]
    public void The_administrator_of_the_webodm_interface_is_chosen_in_any_way()
    {
        var usual = Read(File("{}"), null).WebOdm;
        Assert.Equal(("admin", null, TimeSpan.FromHours(6), false), (usual.UserName, usual.Password, usual.TokenLife, usual.AlwaysPaginate));
        Assert.Equal("secret", Read(File("{}"), ("WEBODM_PASSWORD", "secret")).WebOdm.Password);
        var chosen = Read(File("""{"webodm":{"user":"anna","password":"x","tokenLife":30,"pages":true}}"""), null, (ServeSettings.WebOdmPassword, "y")).WebOdm;
        Assert.Equal(("anna", "y", TimeSpan.FromMinutes(30), true), (chosen.UserName, chosen.Password, chosen.TokenLife, chosen.AlwaysPaginate));
        Assert.Throws<OdmException>(() => Read(File("{}"), ("WEBODM_USER", "an:na")));
    }

    [Fact]
    public void A_file_must_be_json_by_name_and_content()
    {
        Assert.Throws<OdmException>(() => SettingsFile.Read(_folder.PathOf("absent.json")));
        Assert.Throws<OdmException>(() => File("[1]"));
        Assert.Throws<OdmException>(() => File("{"));
        Assert.Throws<OdmException>(() => SettingsFile.Read("node.yaml"));
    }

    [Fact]
    public void Every_setting_has_a_way_to_be_said_and_none_is_said_twice()
    {
        var flags = ServeSettings.All.Where(setting => setting.Flag.Length > 0).Select(setting => setting.Flag).ToList();
        var keys = ServeSettings.All.Select(setting => setting.FileKey).OfType<string>().ToList();

        Assert.Equal(flags.Distinct(), flags);
        Assert.Equal(keys.Distinct(), keys);
        Assert.All(ServeSettings.All, setting => Assert.True(setting.Flag.Length > 0 || setting.FileKey is not null));
    }

    private static ServeOptions Read(SettingsFile file, (string Name, string Value)? environment, params (ServeSetting Setting, string Value)[] flags) =>
        ServeOptionsReader.Read(new SettingValues(
            setting => flags.Where(flag => flag.Setting == setting).Select(flag => flag.Value).FirstOrDefault(),
            file,
            name => environment is { } variable && variable.Name == name ? variable.Value : null));

    private SettingsFile File(string content)
    {
        var path = _folder.PathOf("node.json");
        System.IO.File.WriteAllText(path, content);
        return SettingsFile.Read(path);
    }
}
