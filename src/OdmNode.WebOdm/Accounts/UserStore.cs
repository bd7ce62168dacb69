using OdmNode.WebOdm.Storage;

namespace OdmNode.WebOdm.Accounts;

/// <summary>The users as rows; read anew each time, so that a user added by another process counts at once.</summary>
internal sealed class UserStore(WebOdmDatabase database)
{
    private const string Columns = "id, name, is_administrator, is_disabled, password_hash";

    public bool IsEmpty => database.Query("SELECT id FROM webodm_users LIMIT 1", reader => reader.GetInt64(0)).Count == 0;

    public IReadOnlyList<User> List() => [.. Read(string.Empty).Select(row => row.User)];

    /// <returns>The user and the hash of the password; null when there is no such user.</returns>
    public (User User, string PasswordHash)? Find(string name) => First(Read("WHERE name = $key", ("$key", name)));

    public User? Find(long id) => First(Read("WHERE id = $key", ("$key", id)))?.User;

    public User Add(string name, string passwordHash, bool isAdministrator)
    {
        var id = database.Insert(
            "INSERT INTO webodm_users (name, password_hash, is_administrator, is_disabled) VALUES ($name, $hash, $administrator, 0)",
            ("$name", name), ("$hash", passwordHash), ("$administrator", isAdministrator ? 1 : 0));
        return new User(id, name, isAdministrator, IsDisabled: false);
    }

    public void SetPassword(long id, string passwordHash) =>
        database.Execute("UPDATE webodm_users SET password_hash = $hash WHERE id = $id", ("$hash", passwordHash), ("$id", id));

    public void SetDisabled(long id, bool isDisabled) =>
        database.Execute("UPDATE webodm_users SET is_disabled = $disabled WHERE id = $id", ("$disabled", isDisabled ? 1 : 0), ("$id", id));

    private static (User User, string PasswordHash)? First(IReadOnlyList<(User, string)> rows) => rows.Count == 0 ? null : rows[0];

    private IReadOnlyList<(User User, string PasswordHash)> Read(string condition, params (string, object?)[] parameters) => database.Query(
        $"SELECT {Columns} FROM webodm_users {condition} ORDER BY id",
        reader => (new User(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2) != 0, reader.GetInt64(3) != 0), reader.GetString(4)),
        parameters);
}
