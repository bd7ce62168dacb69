using System.Text.Json;
using Microsoft.Data.Sqlite;
using OdmNode.Core.Errors;
using OdmNode.Core.Identity;
using OdmNode.Core.Options;
using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.Storage;
using OdmNode.Testing.Files;

namespace OdmNode.UnitTests.Tasks;

public sealed class TaskStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_task_is_read_as_it_was_written()
    {
        var record = new TaskRecord
        {
            Id = TaskId.New(),
            Sequence = 3,
            Name = "Überflug",
            DateCreated = DateTimeOffset.FromUnixTimeMilliseconds(1795460518415),
            State = new TaskState(NodeTaskStatus.Failed, TaskPhase.Ended),
            ErrorMessage = "why",
            Options = [new OptionValue("boundary", JsonElement.Parse("\"{\\\"a\\\": 1}\"")), new OptionValue("crop", JsonElement.Parse("2.5"))],
            UnknownOptions = ["no-such-option"],
            Outputs = ["odm_report"],
            SkipPostProcessing = true,
            Webhook = "http://127.0.0.1/hook",
            ZipUrl = "http://127.0.0.1/photos.zip",
            ImagesCount = 12,
            Progress = 45.5,
            ProcessingTimeMilliseconds = 1234,
            EndedAt = DateTimeOffset.FromUnixTimeMilliseconds(1795460519000),
            Engine = new ProcessIdentity(77, 123456),
        };
        using (var store = new TaskStore(_folder.PathOf("tasks.db")))
        {
            store.Save(record with { Name = "older" });
            store.Save(record);
        }

        using var again = new TaskStore(_folder.PathOf("tasks.db"));
        var read = Assert.Single(again.Load());
        Assert.Equal(record.Options.Select(option => option.ToString()), read.Options.Select(option => option.ToString()));
        Assert.Equal(record.Outputs, read.Outputs);
        Assert.Equal(record.UnknownOptions, read.UnknownOptions);
        Assert.Equal(
            record with { Options = [], Outputs = [], UnknownOptions = [] }, read with { Options = [], Outputs = [], UnknownOptions = [] });
        again.Delete(record.Id);
        Assert.Empty(again.Load());
    }

    [Fact]
    public void A_database_of_the_first_schema_is_brought_up_to_date()
    {
        string path = _folder.PathOf("tasks.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE tasks (
                    uuid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, name TEXT NOT NULL, date_created INTEGER NOT NULL,
                    status INTEGER NOT NULL, phase INTEGER NOT NULL, error_message TEXT, options TEXT NOT NULL,
                    outputs TEXT NOT NULL, skip_post_processing INTEGER NOT NULL, webhook TEXT, images_count INTEGER NOT NULL,
                    progress REAL NOT NULL, processing_time INTEGER NOT NULL, ended_at INTEGER,
                    engine_pid INTEGER, engine_start INTEGER, unknown_options TEXT NOT NULL) STRICT;
                INSERT INTO tasks VALUES ('8fbba14a-c504-44cb-b081-671957e6f891', 1, 'old', 1795460518415, 40, 4, NULL, '[]', '[]', 0, NULL, 2,
                    100, 8247, 1795460519000, NULL, NULL, '[]');
                PRAGMA user_version=1;
                """;
            command.ExecuteNonQuery();
        }

        using var store = new TaskStore(path);
        TaskRecord read = Assert.Single(store.Load());
        Assert.Equal(("old", 2, null), (read.Name, read.ImagesCount, read.ZipUrl));
        store.Save(read with { ZipUrl = "http://127.0.0.1/photos.zip" });
        Assert.Equal("http://127.0.0.1/photos.zip", Assert.Single(store.Load()).ZipUrl);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_by_name()
    {
        File.WriteAllText(_folder.PathOf("tasks.db"), new string('x', 5000));
        var failure = Assert.Throws<OdmException>(() => new TaskStore(_folder.PathOf("tasks.db")));
        Assert.Contains("tasks.db", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_folder_has_one_node_at_a_time()
    {
        using (DataFolderLock.Take(_folder.Root))
        {
            Assert.Throws<OdmException>(() => DataFolderLock.Take(_folder.Root));
        }

        using var next = DataFolderLock.Take(_folder.Root);
    }
}
