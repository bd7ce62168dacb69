using System.Globalization;
using Microsoft.Data.Sqlite;
using OdmNode.Core.Errors;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Lifecycle;

namespace OdmNode.Tasks.Storage;

/// <summary>The durable list of tasks: SQLite with a write-ahead log and full synchronisation, so that a task once accepted survives a power cut.</summary>
public sealed class TaskStore : IDisposable
{
    /// <summary>What leads from each schema to the next; the first makes an empty file usable.</summary>
    private static readonly string[] Steps = [TaskRow.Schema, TaskRow.ZipUrlColumn];

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    /// <param name="path">The database file; made when absent.</param>
    /// <exception cref="OdmException">The file is damaged or of a newer version, or the disk is full.</exception>
    public TaskStore(string path) => _connection = SqliteFile.Open(path, connection => EnsureSchema(connection, path));

    /// <summary>All tasks in the order of acceptance.</summary>
    public IReadOnlyList<TaskRecord> Load()
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = $"SELECT {TaskRow.Columns} FROM tasks ORDER BY sequence";
            using var reader = command.ExecuteReader();
            var records = new List<TaskRecord>();
            while (reader.Read())
            {
                if (TaskRow.Read(reader) is { } record)
                {
                    records.Add(record);
                }
            }

            return records;
        }
    }

    /// <summary>Writes one task.</summary>
    /// <param name="record">The task.</param>
    /// <param name="isLasting">True to return when it is on the disk; false where a power cut may take it back.</param>
    /// <exception cref="SqliteException">The disk is full or fails.</exception>
    public void Save(TaskRecord record, bool isLasting = true)
    {
        lock (_gate)
        {
            SqliteFile.Execute(_connection, isLasting ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            using var command = _connection.CreateCommand();
            command.CommandText = $"INSERT OR REPLACE INTO tasks ({TaskRow.Columns}) VALUES ({TaskRow.Parameters})";
            TaskRow.Bind(command, record);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Forgets one task.</summary>
    public void Delete(TaskId id)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "DELETE FROM tasks WHERE uuid = $uuid";
            command.Parameters.AddWithValue("$uuid", id.Value);
            command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static void EnsureSchema(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > Steps.Length)
        {
            throw new OdmException(
                ErrorKind.Unsupported,
                $"The task database {path} was written by a newer version (schema {version}, this program knows {Steps.Length}). Use that version, or another --data.");
        }

        if (version < Steps.Length)
        {
            SqliteFile.Execute(connection, $"BEGIN; {string.Join("; ", Steps[version..])}; PRAGMA user_version={Steps.Length}; COMMIT;");
        }
    }
}
