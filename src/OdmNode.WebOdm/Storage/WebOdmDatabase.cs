using System.Globalization;
using Microsoft.Data.Sqlite;
using OdmNode.Core.Errors;
using OdmNode.Tasks.Storage;

namespace OdmNode.WebOdm.Storage;

/// <summary>Users, projects, nodes and tasks of the WebODM face: tables of their own in the node's database file.</summary>
public sealed class WebOdmDatabase : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS webodm_users (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL,
            is_administrator INTEGER NOT NULL, is_disabled INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS webodm_projects (
            id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
            created_at INTEGER NOT NULL, is_deleted INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS webodm_rights (
            project INTEGER NOT NULL, user INTEGER NOT NULL, rights INTEGER NOT NULL, PRIMARY KEY (project, user)) STRICT;
        CREATE TABLE IF NOT EXISTS webodm_nodes (
            id INTEGER PRIMARY KEY AUTOINCREMENT, hostname TEXT NOT NULL, port INTEGER NOT NULL, label TEXT NOT NULL, token TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS webodm_tasks (
            id INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
        """;

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    /// <param name="folders">Where the file lies; it is made when absent.</param>
    /// <exception cref="OdmException">The file is damaged, or the disk is full.</exception>
    public WebOdmDatabase(TaskFolders folders) =>
        _connection = SqliteFile.Open(folders.Database, connection => SqliteFile.Execute(connection, Schema));

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Runs a statement; on return what it changed is on the disk.</summary>
    /// <param name="statement">A constant of the program, with parameters <c>$name</c>.</param>
    /// <param name="parameters">Their values; null becomes NULL.</param>
    /// <returns>Number of rows changed.</returns>
    /// <exception cref="SqliteException">The disk is full or fails, or a constraint is broken.</exception>
    internal int Execute(string statement, params (string Name, object? Value)[] parameters)
    {
        lock (_gate)
        {
            using var command = Prepare(statement, parameters);
            return command.ExecuteNonQuery();
        }
    }

    /// <summary>Inserts a row.</summary>
    /// <returns>Its number.</returns>
    internal long Insert(string statement, params (string Name, object? Value)[] parameters)
    {
        lock (_gate)
        {
            using var command = Prepare(statement + " RETURNING id", parameters);
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Reads rows.</summary>
    internal IReadOnlyList<T> Query<T>(string statement, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        lock (_gate)
        {
            using var command = Prepare(statement, parameters);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    private SqliteCommand Prepare(string statement, (string Name, object? Value)[] parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // See the summary of Execute.
        command.CommandText = statement;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
