using System.Text.Json;
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
            Outputs = ["odm_report"],
            SkipPostProcessing = true,
            Webhook = "http://127.0.0.1/hook",
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
        Assert.Equal(record with { Options = [], Outputs = [] }, read with { Options = [], Outputs = [] });
        again.Delete(record.Id);
        Assert.Empty(again.Load());
    }
}
