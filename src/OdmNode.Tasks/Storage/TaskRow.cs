using System.Text.Json;
using Microsoft.Data.Sqlite;
using OdmNode.Core.Identity;
using OdmNode.Core.Options;
using OdmNode.Tasks.Lifecycle;

namespace OdmNode.Tasks.Storage;

/// <summary>A task as a row of the database.</summary>
internal static class TaskRow
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS tasks (
            uuid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, name TEXT NOT NULL, date_created INTEGER NOT NULL,
            status INTEGER NOT NULL, phase INTEGER NOT NULL, error_message TEXT, options TEXT NOT NULL,
            outputs TEXT NOT NULL, skip_post_processing INTEGER NOT NULL, webhook TEXT, images_count INTEGER NOT NULL,
            progress REAL NOT NULL, processing_time INTEGER NOT NULL, ended_at INTEGER,
            engine_pid INTEGER, engine_start INTEGER, unknown_options TEXT NOT NULL) STRICT
        """;

    /// <summary>What schema 2 adds to schema 1.</summary>
    public const string ZipUrlColumn = "ALTER TABLE tasks ADD COLUMN zip_url TEXT";

    public const string Columns =
        "uuid, sequence, name, date_created, status, phase, error_message, options, outputs, skip_post_processing, "
        + "webhook, images_count, progress, processing_time, ended_at, engine_pid, engine_start, unknown_options, zip_url";

    public const string Parameters =
        "$uuid, $sequence, $name, $date_created, $status, $phase, $error_message, $options, $outputs, $skip_post_processing, "
        + "$webhook, $images_count, $progress, $processing_time, $ended_at, $engine_pid, $engine_start, $unknown_options, $zip_url";

    public static void Bind(SqliteCommand command, TaskRecord record)
    {
        void Add(string name, object? value) => command.Parameters.AddWithValue(name, value ?? DBNull.Value);

        Add("$uuid", record.Id.Value);
        Add("$sequence", record.Sequence);
        Add("$name", record.Name);
        Add("$date_created", record.DateCreated.ToUnixTimeMilliseconds());
        Add("$status", (int)record.State.Status);
        Add("$phase", (int)record.State.Phase);
        Add("$error_message", record.ErrorMessage);
        Add("$options", JsonSerializer.Serialize(
            [.. record.Options.Select(option => new StoredOption(option.Name, option.Value))],
            StorageJsonContext.Default.StoredOptionArray));
        Add("$outputs", JsonSerializer.Serialize([.. record.Outputs], StorageJsonContext.Default.StringArray));
        Add("$skip_post_processing", record.SkipPostProcessing ? 1 : 0);
        Add("$webhook", record.Webhook);
        Add("$images_count", record.ImagesCount);
        Add("$progress", record.Progress);
        Add("$processing_time", record.ProcessingTimeMilliseconds);
        Add("$ended_at", record.EndedAt?.ToUnixTimeMilliseconds());
        Add("$engine_pid", record.Engine?.Pid);
        Add("$engine_start", record.Engine?.StartTicks);
        Add("$unknown_options", JsonSerializer.Serialize([.. record.UnknownOptions], StorageJsonContext.Default.StringArray));
        Add("$zip_url", record.ZipUrl);
    }

    /// <returns>The task; null for a row whose id is no task id.</returns>
    public static TaskRecord? Read(SqliteDataReader reader)
    {
        if (!TaskId.TryParse(reader.GetString(0), out var id))
        {
            return null;
        }

        var options = JsonSerializer.Deserialize(reader.GetString(7), StorageJsonContext.Default.StoredOptionArray) ?? [];
        return new TaskRecord
        {
            Id = id,
            Sequence = reader.GetInt64(1),
            Name = reader.GetString(2),
            DateCreated = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)),
            State = new TaskState((NodeTaskStatus)reader.GetInt32(4), (TaskPhase)reader.GetInt32(5)),
            ErrorMessage = reader.IsDBNull(6) ? null : reader.GetString(6),
            Options = [.. options.Select(option => new OptionValue(option.Name, option.Value))],
            Outputs = JsonSerializer.Deserialize(reader.GetString(8), StorageJsonContext.Default.StringArray) ?? [],
            SkipPostProcessing = reader.GetInt32(9) != 0,
            Webhook = reader.IsDBNull(10) ? null : reader.GetString(10),
            ImagesCount = reader.GetInt32(11),
            Progress = reader.GetDouble(12),
            ProcessingTimeMilliseconds = reader.GetInt64(13),
            EndedAt = reader.IsDBNull(14) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(14)),
            Engine = reader.IsDBNull(15) ? null : new ProcessIdentity(reader.GetInt32(15), reader.GetInt64(16)),
            UnknownOptions = JsonSerializer.Deserialize(reader.GetString(17), StorageJsonContext.Default.StringArray) ?? [],
            ZipUrl = reader.IsDBNull(18) ? null : reader.GetString(18),
        };
    }
}
