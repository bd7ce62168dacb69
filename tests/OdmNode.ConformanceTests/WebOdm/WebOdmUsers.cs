using Microsoft.Extensions.Logging.Abstractions;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm;
using OdmNode.WebOdm.Accounts;
using OdmNode.WebOdm.Storage;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>Users beside the first one, added to the database of a running daemon.</summary>
internal static class WebOdmUsers
{
    public static User Add(NodeProcess node, string name, bool isDisabled = false)
    {
        var folders = new TaskFolders(node.Data);
        using var database = new WebOdmDatabase(folders);
        var accounts = new UserAccounts(database, folders, new WebOdmSettings(), TimeProvider.System, NullLogger<UserAccounts>.Instance);
        var user = accounts.Add(name, name, isAdministrator: false);
        accounts.SetDisabled(user.Id, isDisabled);
        return user;
    }
}
