using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm.Storage;

namespace OdmNode.WebOdm.Accounts;

/// <summary>Who may use the server, and how they prove it: by password or by token.</summary>
public sealed partial class UserAccounts
{
    private const int MaxVerified = 1000;

    private readonly UserStore _users;
    private readonly Tokens _tokens;
    private readonly FailureLimit _failures;
    private readonly FirstPassword _firstPassword;
    private readonly PasswordHasher<User> _hasher = new();
    private readonly WebOdmSettings _settings;
    private readonly ILogger<UserAccounts> _log;

    /// <summary>Compared where there is no such user, so that the time taken does not tell which names exist.</summary>
    private readonly string _nobodysHash;

    /// <summary>Passwords sent with every request are verified once: digests under a key that ends with the process.</summary>
    private readonly ConcurrentDictionary<string, long> _verified = new();
    private readonly byte[] _digestKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>Opens the accounts; nobody is added before <see cref="EnsureFirstUser"/>.</summary>
    public UserAccounts(WebOdmDatabase database, TaskFolders folders, WebOdmSettings settings, TimeProvider time, ILogger<UserAccounts> log)
    {
        _log = log;
        _users = new UserStore(database);
        _tokens = new Tokens(TokenKey.Load(TokenKey.PathIn(folders.Root)), settings.TokenLife, time);
        _failures = new FailureLimit(time);
        _firstPassword = new FirstPassword(folders.Root);
        _nobodysHash = Hash(RandomNumberGenerator.GetHexString(32));
        _settings = settings;
    }

    /// <summary>All users.</summary>
    public IReadOnlyList<User> List() => _users.List();

    /// <summary>Adds a user.</summary>
    /// <exception cref="ArgumentException">Nobody can have that name; see <see cref="UserNames"/>.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The name is taken.</exception>
    public User Add(string name, string password, bool isAdministrator) => UserNames.WhyNot(name) is { } problem
        ? throw new ArgumentException(problem, nameof(name))
        : _users.Add(name, Hash(password), isAdministrator);

    /// <summary>The user of that name; null when there is none.</summary>
    public User? Find(string name) => _users.Find(name)?.User;

    /// <summary>The user of that number; null when there is none.</summary>
    public User? Find(long id) => _users.Find(id);

    /// <summary>Gives a user another password; tokens that were handed out stay good.</summary>
    public void SetPassword(User user, string password)
    {
        var before = _users.Find(user.Name);
        _users.SetPassword(user.Id, Hash(password));

        // The file is of no use when it tells the password that has just ended.
        _firstPassword.DeleteIf(first => first != password && before is { } old && Verify(old.User, old.PasswordHash, user.Name, first));
    }

    /// <summary>Lets a user in or not.</summary>
    public void SetDisabled(long id, bool isDisabled) => _users.SetDisabled(id, isDisabled);

    /// <summary>Checks a name and a password.</summary>
    /// <param name="name">As given.</param>
    /// <param name="password">As given; never logged.</param>
    /// <param name="address">Where the attempt comes from; attempts are counted by it and the name.</param>
    public LogIn Check(string name, string password, string address)
    {
        if (name.Length > UserNames.MaxLength)
        {
            // Nobody is called so, and a failure is kept in memory with its name.
            return default;
        }

        if (_failures.Wait(address, name) is { } wait)
        {
            return new LogIn(null, wait);
        }

        var found = _users.Find(name);
        if (!Verify(found?.User, found?.PasswordHash ?? _nobodysHash, name, password))
        {
            _failures.Failed(address, name);
            return default;
        }

        _failures.Succeeded(address, name);
        return found!.Value.User.IsDisabled ? new LogIn(null, IsDisabled: true) : new LogIn(found.Value.User);
    }

    /// <summary>Makes a token for a user who has logged in.</summary>
    public string IssueToken(User user) => _tokens.Issue(user);

    /// <summary>Reads a token.</summary>
    /// <returns>Its user, or why it is not accepted.</returns>
    public async Task<(User? User, TokenRefusal? Refusal)> ReadTokenAsync(string token)
    {
        var (id, refusal) = await _tokens.ReadAsync(token).ConfigureAwait(false);
        return refusal is not null ? (null, refusal)
            : _users.Find(id) is not { } user ? (null, TokenRefusal.UnknownUser)
            : user.IsDisabled ? (null, TokenRefusal.Disabled)
            : (user, null);
    }

    /// <summary>Makes the administrator when there are no users, with the operator's password or one that is made up and written to a file for the operator.</summary>
    public void EnsureFirstUser()
    {
        if (_settings.Password is { } chosen)
        {
            if (_users.Find(_settings.UserName) is not { } known)
            {
                Add(_settings.UserName, chosen, isAdministrator: true);
            }
            else if (!Verify(known.User, known.PasswordHash, _settings.UserName, chosen))
            {
                SetPassword(known.User, chosen);
            }
        }
        else if (_users.IsEmpty)
        {
            var password = _firstPassword.Make();
            Add(_settings.UserName, password, isAdministrator: true);
            _settings.ShowFirstPassword(_settings.UserName, password);
            LogFirstUser(_settings.UserName, _firstPassword.Path);
        }
    }

    private string Hash(string password) => _hasher.HashPassword(null!, password);

    private bool Verify(User? user, string hash, string name, string password)
    {
        var digest = Convert.ToHexString(HMACSHA256.HashData(_digestKey, Encoding.UTF8.GetBytes($"{hash}\0{name}\0{password}")));
        if (user is not null && _verified.TryGetValue(digest, out var known) && known == user.Id)
        {
            return true;
        }

        if (_hasher.VerifyHashedPassword(null!, hash, password) == PasswordVerificationResult.Failed || user is null)
        {
            return false;
        }

        if (_verified.Count >= MaxVerified)
        {
            _verified.Clear();
        }

        _verified[digest] = user.Id;
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The WebODM interface has its first user, {Name}; the password is in {Path}")]
    private partial void LogFirstUser(string name, string path);
}
