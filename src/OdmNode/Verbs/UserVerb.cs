using System.CommandLine;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OdmNode.Core.Errors;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm;
using OdmNode.WebOdm.Accounts;
using OdmNode.WebOdm.Storage;

namespace OdmNode.Verbs;

/// <summary><c>odmnode user</c>: who may use the WebODM interface. Works beside a running daemon, for which it counts at once.</summary>
internal static class UserVerb
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "The daemon's data folder.", HelpName = "folder", DefaultValueFactory = _ => "data",
    };

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The user's name; case matters." };
        var administrator = new Option<bool>("--administrator") { Description = "May change processing nodes, and everything in every project." };
        var add = new Command("add", "Adds a user; the password is read from standard input.") { name, Data, administrator };
        add.SetAction((result, _) => RunAsync(result, accounts => Add(accounts, result.GetValue(name)!, result.GetValue(administrator))));
        var list = new Command("list", "Names all users.") { Data };
        list.SetAction((result, _) => RunAsync(result, List));
        return new Command("user", "Manages the users of the WebODM interface.")
        {
            add,
            list,
            Named("password", "Gives a user another password, read from standard input.", name, (accounts, user) => accounts.SetPassword(Find(accounts, user), ReadPassword())),
            Named("disable", "Keeps a user out, whatever tokens they hold.", name, (accounts, user) => accounts.SetDisabled(Find(accounts, user).Id, isDisabled: true)),
            Named("enable", "Lets a user in again.", name, (accounts, user) => accounts.SetDisabled(Find(accounts, user).Id, isDisabled: false)),
        };
    }

    private static Command Named(string verb, string help, Argument<string> name, Action<UserAccounts, string> action)
    {
        var command = new Command(verb, help) { name, Data };
        command.SetAction((result, _) => RunAsync(result, accounts => action(accounts, result.GetValue(name)!)));
        return command;
    }

    private static Task<int> RunAsync(ParseResult result, Action<UserAccounts> action) => VerbErrors.GuardAsync(() =>
    {
        var data = result.GetValue(Data)!;
        if (!Directory.Exists(data))
        {
            throw new OdmException(ErrorKind.BadInput, $"There is no folder {Path.GetFullPath(data)}; name the daemon's with --data.");
        }

        var folders = new TaskFolders(data);
        using var database = new WebOdmDatabase(folders);
        action(new UserAccounts(database, folders, new WebOdmSettings(), TimeProvider.System, NullLogger<UserAccounts>.Instance));
        return Task.FromResult(0);
    });

    private static void Add(UserAccounts accounts, string name, bool isAdministrator)
    {
        if (UserNames.WhyNot(name) is { } problem)
        {
            throw new OdmException(ErrorKind.BadInput, problem);
        }

        if (accounts.Find(name) is not null)
        {
            throw new OdmException(ErrorKind.BadInput, $"There is a user {name} already; 'odmnode user password {name}' gives them another password.");
        }

        accounts.Add(name, ReadPassword(), isAdministrator);
    }

    private static void List(UserAccounts accounts)
    {
        foreach (var user in accounts.List())
        {
            Console.WriteLine(user.Name + (user.IsAdministrator ? " (administrator)" : string.Empty) + (user.IsDisabled ? " (disabled)" : string.Empty));
        }
    }

    private static User Find(UserAccounts accounts, string name) =>
        accounts.Find(name) ?? throw new OdmException(ErrorKind.BadInput, $"There is no user {name}.");

    private static string ReadPassword() => (Console.IsInputRedirected ? Console.ReadLine() : AskForPassword()) is { Length: > 0 } password
        ? password
        : throw new OdmException(ErrorKind.BadInput, "The password is read from standard input, and nothing came.");

    /// <summary>Asks whoever sits at the terminal; what is typed does not show.</summary>
    private static string AskForPassword()
    {
        Console.Error.Write("Password: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
