using Microsoft.Extensions.Logging.Abstractions;
using OdmNode.Tasks.Storage;
using OdmNode.Testing.Files;
using OdmNode.WebOdm;
using OdmNode.WebOdm.Accounts;
using OdmNode.WebOdm.Storage;

namespace OdmNode.UnitTests.WebOdm;

public sealed class FirstPasswordTests : IDisposable
{
    private const string Address = "127.0.0.1";

    private readonly TemporaryFolder _folder = new();
    private readonly WebOdmDatabase _database;
    private readonly UserAccounts _accounts;
    private readonly List<(string Name, string Password)> _shown = [];

    public FirstPasswordTests()
    {
        var folders = new TaskFolders(_folder.Root);
        _database = new WebOdmDatabase(folders);
        var settings = new WebOdmSettings { ShowFirstPassword = (name, password) => _shown.Add((name, password)) };
        _accounts = new UserAccounts(_database, folders, settings, TimeProvider.System, NullLogger<UserAccounts>.Instance);
        _accounts.EnsureFirstUser();
    }

    private string Written => Path.Combine(_folder.Root, "webodm", "first-password");

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_is_found_whatever_is_logged() =>
        Assert.Equal("admin", _accounts.Check("admin", File.ReadAllText(Written).TrimEnd(), Address).User?.Name);

    [Fact]
    public void It_is_shown_once()
    {
        _accounts.EnsureFirstUser();
        Assert.Equal([("admin", File.ReadAllText(Written).TrimEnd())], _shown);
    }

    [Fact]
    public void It_stays_until_another_is_chosen_for_its_user()
    {
        var first = File.ReadAllText(Written);
        _accounts.EnsureFirstUser();
        _accounts.SetPassword(_accounts.Add("anna", "x", isAdministrator: false), "y");
        _accounts.SetPassword(_accounts.Find("admin")!, first.TrimEnd());
        Assert.Equal(first, File.ReadAllText(Written));

        _accounts.SetPassword(_accounts.Find("admin")!, "chosen");
        Assert.False(File.Exists(Written));
    }
}
