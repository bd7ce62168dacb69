using Microsoft.Data.Sqlite;
using OdmNode.Core.Errors;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;

namespace OdmNode.Tasks.Webhooks;

/// <summary>The durable list of calls owed, a table of its own beside the tasks: no version of the tasks' table matters to it.</summary>
internal sealed class WebhookStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS webhook_calls (
            id INTEGER PRIMARY KEY, uuid TEXT NOT NULL, url TEXT NOT NULL, body BLOB NOT NULL, attempts INTEGER NOT NULL) STRICT
        """;

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    /// <param name="path">The database file; made when absent.</param>
    /// <exception cref="OdmException">The file is damaged, or the disk is full.</exception>
    public WebhookStore(string path) => _connection = SqliteFile.Open(path, connection => SqliteFile.Execute(connection, Schema));

    /// <summary>All calls in the order in which they were added.</summary>
    public IReadOnlyList<WebhookCall> Load()
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT id, uuid, url, body, attempts FROM webhook_calls ORDER BY id";
            using var reader = command.ExecuteReader();
            var calls = new List<WebhookCall>();
            while (reader.Read())
            {
                if (Read(reader) is { } call)
                {
                    calls.Add(call);
                }
            }

            return calls;
        }
    }

    /// <summary>Writes a call; on return it is on the disk.</summary>
    /// <returns>Its row.</returns>
    /// <exception cref="SqliteException">The disk is full or fails.</exception>
    public long Add(TaskId task, Uri target, byte[] body)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "INSERT INTO webhook_calls (uuid, url, body, attempts) VALUES ($uuid, $url, $body, 0) RETURNING id";
            command.Parameters.AddWithValue("$uuid", task.Value);
            command.Parameters.AddWithValue("$url", target.OriginalString);
            command.Parameters.AddWithValue("$body", body);
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>Writes down how often a call has failed.</summary>
    /// <exception cref="SqliteException">The disk is full or fails.</exception>
    public void SaveAttempts(long row, int attempts)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "UPDATE webhook_calls SET attempts = $attempts WHERE id = $id";
            command.Parameters.AddWithValue("$attempts", attempts);
            command.Parameters.AddWithValue("$id", row);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Forgets a call.</summary>
    /// <exception cref="SqliteException">The disk is full or fails.</exception>
    public void Delete(long row)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "DELETE FROM webhook_calls WHERE id = $id";
            command.Parameters.AddWithValue("$id", row);
            command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static WebhookCall? Read(SqliteDataReader reader) =>
        TaskId.TryParse(reader.GetString(1), out var task) && WebhookTarget.TryParse(reader.GetString(2), out var target)
            ? new WebhookCall
            {
                Row = reader.GetInt64(0),
                Task = task,
                Target = target,
                Body = reader.GetFieldValue<byte[]>(3),
                Attempts = reader.GetInt32(4),
            }
            : null;
}
