using System.Collections.Concurrent;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Webhooks;
using OdmNode.Testing.Files;
using OdmNode.UnitTests.Tasks.Serving;

namespace OdmNode.UnitTests.Tasks.Webhooks;

public sealed class WebhookSenderTests : IDisposable
{
    private const string Called = "called";
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLog<WebhookSender> _log = new();
    private readonly TaskId _task = TaskId.New();
    private readonly byte[] _body = Encoding.UTF8.GetBytes("{\"uuid\":\"ü\",\"images\":[]}");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_call_posts_the_given_bytes_as_json()
    {
        (string What, string? Content, string? Accept, string? Expect, byte[] Body) seen = default;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            var request = context.Request;
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var what = $"{request.Method} {request.Path}{request.QueryString}";
            seen = (what, request.ContentType, request.Headers.Accept, request.Headers.Expect, body.ToArray());
        });
        using var sender = await StartAsync();
        sender.Enqueue(_task, server.At("/commit?token=secret"), _body);
        await _log.WaitForAsync(Called);

        Assert.Equal("POST /commit?token=secret", seen.What);
        Assert.Equal("application/json", seen.Content);
        Assert.Equal("application/json", seen.Accept);
        Assert.Null(seen.Expect);
        Assert.Equal(_body, seen.Body);
        Assert.Equal(0, sender.PendingCount);
        await sender.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Only_status_200_counts_and_redirects_are_not_followed(int status)
    {
        var paths = new ConcurrentQueue<string>();
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            paths.Enqueue(context.Request.Path);
            context.Response.StatusCode = paths.Count == 1 ? status : 200;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        using var sender = await StartAsync();
        sender.Enqueue(_task, server.At("/hook"), _body);
        await _log.WaitForAsync(Called);

        Assert.Equal(["/hook", "/hook"], paths);
        await sender.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_target_that_always_fails_is_tried_six_times_at_0_0_5_15_30_and_50_seconds()
    {
        var begun = _time.GetUtcNow();
        var arrivals = new ConcurrentQueue<double>();
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            arrivals.Enqueue((_time.GetUtcNow() - begun).TotalSeconds);
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        using var sender = await StartAsync();
        sender.Enqueue(_task, server.At("/hook"), _body);
        await _log.WaitForAsync("attempt 2");
        for (var attempt = 3; attempt <= 6; attempt++)
        {
            _time.Advance(TimeSpan.FromSeconds(5 * (attempt - 2)));
            await _log.WaitForAsync(attempt < 6 ? $"attempt {attempt}" : "given up after 6 attempts (status 500)");
        }

        Assert.Equal([0, 0, 5, 15, 30, 50], arrivals);
        Assert.Equal(0, sender.PendingCount);
        await sender.StopAsync(CancellationToken.None);
        using var store = new WebhookStore(_folder.PathOf("odmnode.db"));
        Assert.Empty(store.Load());
    }

    [Fact]
    public async Task The_calls_of_a_task_arrive_in_the_order_in_which_they_were_asked_for()
    {
        var arrivals = new ConcurrentQueue<string>();
        await using var own = await LoopbackServer.StartAsync(async context =>
        {
            await Task.Delay(100);
            arrivals.Enqueue("own");
        });
        await using var daemon = await LoopbackServer.StartAsync(_ =>
        {
            arrivals.Enqueue("daemon");
            return Task.CompletedTask;
        });
        using var sender = await StartAsync();
        sender.Enqueue(_task, own.At("/"), _body);
        sender.Enqueue(_task, daemon.At("/"), _body);
        await _log.WaitForAsync(Called, 2);

        Assert.Equal(["own", "daemon"], arrivals);
        await sender.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_call_accepted_before_a_kill_is_made_by_the_next_node()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using var killed = new WebhookSender(new TaskFolders(_folder.Root), _time, _log);
        killed.Enqueue(_task, server.At("/hook"), _body);

        using var next = await StartAsync();
        await _log.WaitForAsync(Called);

        Assert.Equal(1, server.Requests);
        await next.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Attempts_made_before_a_stop_count_after_it()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        using (var first = await StartAsync())
        {
            first.Enqueue(_task, server.At("/hook"), _body);
            await _log.WaitForAsync("attempt 2");
            await first.StopAsync(CancellationToken.None);
        }

        using var second = await StartAsync();
        for (var attempt = 3; attempt <= 6; attempt++)
        {
            _time.Advance(TimeSpan.FromSeconds(5 * (attempt - 2)));
            await _log.WaitForAsync(attempt < 6 ? $"attempt {attempt}" : "given up");
        }

        Assert.Equal(6, server.Requests);
        await second.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_attempt_that_a_stop_cuts_off_is_repeated()
    {
        var isFirst = true;
        var arrived = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            if (isFirst)
            {
                isFirst = false;
                arrived.SetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
        });
        using (var first = await StartAsync())
        {
            first.Enqueue(_task, server.At("/hook"), _body);
            await arrived.Task;
            await first.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        }

        using var second = await StartAsync();
        await _log.WaitForAsync(Called);

        Assert.Equal(2, server.Requests);
        await second.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("notaurl")]
    [InlineData("/etc/passwd")]
    [InlineData("ftp://127.0.0.1/secret")]
    public void A_target_that_is_no_http_address_is_ignored(string? url)
    {
        using var sender = new WebhookSender(new TaskFolders(_folder.Root), _time, _log);
        sender.Enqueue(_task, url, _body);

        Assert.Equal(0, sender.PendingCount);
        Assert.Equal(string.IsNullOrEmpty(url) ? 0 : 1, _log.Lines.Count);
        Assert.All(_log.Lines, line => Assert.DoesNotContain("secret", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silent_target_is_given_thirty_seconds_and_delays_nobody_else()
    {
        await using var silent = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var alive = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using var sender = await StartAsync();
        for (var i = 0; i < 20; i++)
        {
            sender.Enqueue(TaskId.New(), silent.At("/hook"), _body);
        }

        sender.Enqueue(_task, alive.At("/hook"), _body);
        await _log.WaitForAsync(Called);
        await SpinAsync(() => silent.Requests == 2);
        _time.Advance(TimeSpan.FromSeconds(30));
        await _log.WaitForAsync("no answer within 30 s", 2);

        Assert.Equal(20, sender.PendingCount);
        await sender.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/path?token=secret", "connect ECONNREFUSED 127.0.0.1:1")]
    [InlineData("http://user:secret@127.0.0.1:1/secret", "connect ECONNREFUSED 127.0.0.1:1")]
    [InlineData("http://169.254.169.254/secret", "The address 169.254.169.254 is never connected to")]
    public async Task A_failure_is_told_without_the_secrets_of_the_address(string url, string reason)
    {
        using var sender = await StartAsync();
        sender.Enqueue(_task, url, _body);
        await _log.WaitForAsync(reason, 2);
        await sender.StopAsync(CancellationToken.None);

        Assert.All(_log.Lines, line => Assert.DoesNotContain("secret", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_the_disk_refuses_is_made_from_memory()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using var sender = await StartAsync();
        using (var vandal = new SqliteConnection($"Data Source={_folder.PathOf("odmnode.db")};Pooling=False"))
        {
            await vandal.OpenAsync();
            using var command = vandal.CreateCommand();
            command.CommandText = "DROP TABLE webhook_calls";
            await command.ExecuteNonQueryAsync();
        }

        sender.Enqueue(_task, server.At("/hook"), _body);
        await _log.WaitForAsync("cannot be written down");
        await _log.WaitForAsync(Called);
        await sender.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void A_database_of_tasks_gains_the_calls_and_keeps_its_tasks()
    {
        var record = new TaskRecord { Id = _task, Sequence = 1, Name = "n", DateCreated = _time.GetUtcNow() };
        using (var tasks = new TaskStore(_folder.PathOf("odmnode.db")))
        {
            tasks.Save(record);
            using var sender = new WebhookSender(new TaskFolders(_folder.Root), _time, _log);
            sender.Enqueue(_task, "http://127.0.0.1:1/", _body);
            tasks.Save(record with { Name = "again" });
        }

        using var reopened = new TaskStore(_folder.PathOf("odmnode.db"));
        using var calls = new WebhookStore(_folder.PathOf("odmnode.db"));
        Assert.Equal("again", Assert.Single(reopened.Load()).Name);
        Assert.Equal(_body, Assert.Single(calls.Load()).Body);
    }

    private static async Task SpinAsync(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 3000, "It did not happen within 30 s.");
            await Task.Delay(10);
        }
    }

    private async Task<WebhookSender> StartAsync()
    {
        var sender = new WebhookSender(new TaskFolders(_folder.Root), _time, _log);
        await sender.StartAsync(CancellationToken.None);
        return sender;
    }
}
