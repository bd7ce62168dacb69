using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class WebhookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task N160_Both_webhooks_are_called_in_order_with_the_task_and_its_images()
    {
        await using var server = await TinyServer.StartAsync((_, _) => Task.CompletedTask);
        await using var node = await NodeProcess.StartAsync(_folder.Root, "--webhook", server.Address + "/node");
        var uuid = await node.CreateWithAsync(("webhook", server.Address + "/task"), ("name", "hooked"));
        var info = await node.WaitForEndAsync(uuid);
        await NodeCalls.UntilAsync(() => server.Requests.Count == 2);

        Assert.Equal(["/task", "/node"], server.Requests.Select(request => request.Path));
        foreach (var request in server.Requests)
        {
            Assert.Equal(("POST", "application/json", "application/json"), (request.Method, request.ContentType, request.Accept));
            var body = JsonElement.Parse(request.Body);
            Assert.Equal(info.GetRawText(), WithoutImages(body));
            Assert.Equal("[]", body.GetProperty("images").GetRawText());
        }
    }

    [Fact]
    public async Task N161_Anything_but_200_is_tried_again_after_growing_waits()
    {
        await using var server = await TinyServer.StartAsync((context, number) =>
        {
            context.Response.StatusCode = number < 2 ? 201 : 200;
            return Task.CompletedTask;
        });
        await using var node = await NodeProcess.StartAsync(_folder.Root);
        await node.CreateWithAsync(("webhook", server.Address));
        await NodeCalls.UntilAsync(() => server.Requests.Count == 3);
        var times = server.Requests.Select(request => request.At).ToList();

        // At once, again at once, then after five seconds; the further waits are tested with a clock that can be set.
        Assert.InRange((times[1] - times[0]).TotalSeconds, 0, 3);
        Assert.InRange((times[2] - times[1]).TotalSeconds, 4.5, 10);
    }

    [Fact]
    public async Task N162_A_cancel_while_processing_is_told_one_in_the_queue_and_a_failed_initialisation_are_not()
    {
        await using var server = await TinyServer.StartAsync((_, _) => Task.CompletedTask);
        await using var node = await NodeProcess.StartAsync(_folder.Root);
        var running = await node.CreateWithAsync(("webhook", server.Address + "/running"), ("options", NodeCalls.Mode("sleep60")));
        await node.ProcessAsync(running);
        var queued = await node.CreateWithAsync(("webhook", server.Address + "/queued"));
        await node.WaitAsync(queued, info => info.Code() == 10);
        var broken = await node.CreateWithAsync(("webhook", server.Address + "/broken"), ("zipurl", "notaurl"));
        await node.WaitAsync(broken, info => info.Code() == 30);
        await node.SucceedAsync("cancel", queued);
        await node.SucceedAsync("cancel", running);
        await NodeCalls.UntilAsync(() => !server.Requests.IsEmpty);
        var last = await node.CreateWithAsync(("webhook", server.Address + "/last"));
        await node.WaitForEndAsync(last);
        await NodeCalls.UntilAsync(() => server.Requests.Count > 1);

        Assert.Equal(["/running", "/last"], server.Requests.Select(request => request.Path));
        var body = JsonElement.Parse(server.Requests.First().Body);
        Assert.Equal((running, 50, 100), (body.Uuid(), body.Code(), body.Progress()));
    }

    [Fact]
    public async Task A_call_that_was_owed_when_the_node_was_killed_is_made_by_the_next()
    {
        await using var server = await TinyServer.StartAsync((context, number) =>
        {
            context.Response.StatusCode = number < 2 ? 500 : 200;
            return Task.CompletedTask;
        });
        string uuid;
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            uuid = await node.CreateWithAsync(("webhook", server.Address));
            await NodeCalls.UntilAsync(() => server.Requests.Count == 2);
            await node.KillAsync();
        }

        await using var next = await NodeProcess.StartAsync(_folder.Root);
        await NodeCalls.UntilAsync(() => server.Requests.Count == 3);
        Assert.Equal(uuid, JsonElement.Parse(server.Requests.Last().Body).Uuid());
    }

    private static string WithoutImages(JsonElement body)
    {
        var text = body.GetRawText();
        return text[..text.LastIndexOf(",\"images\":", StringComparison.Ordinal)] + "}";
    }
}
