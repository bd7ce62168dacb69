using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OdmNode.UnitTests.Client.Nodes;

/// <summary>The creation of tasks as a node sees it. Files of equal names are kept side by side, as plain nodes do.</summary>
internal sealed class FakeUploads
{
    public const string Id = "11111111-1111-4111-8111-111111111111";

    private readonly ConcurrentDictionary<string, byte> _open = [];
    private readonly ConcurrentDictionary<string, byte> _tasks = [];
    private int _receiving;

    /// <summary>False for a plain node, which cannot tell what an upload holds.</summary>
    public bool TellsWhatItHolds { get; init; } = true;

    public Faults UploadFaults { get; } = new();

    public Faults CommitFaults { get; } = new();

    /// <summary>What was stored, in the order of coming.</summary>
    public ConcurrentQueue<(string Name, byte[] Content)> Files { get; } = [];

    /// <summary>The fields of the last request that opened an upload or created a task.</summary>
    public Dictionary<string, string> Fields { get; private set; } = [];

    public string? SetUuid { get; private set; }

    /// <summary>Most requests with files at the same time.</summary>
    public int MostParallel { get; private set; }

    public void Open(string id) => _open[id] = 0;

    public bool IsTask(string id) => _tasks.ContainsKey(id);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/task/new/init", async (HttpContext context) =>
        {
            await ReadFieldsAsync(context.Request);
            var id = SetUuid ?? Id;
            await Faults.Json(IsTask(id) ? $$"""{"error":"Invalid set-uuid: {{id}}"}""" : $$"""{"uuid":"{{id}}"}""")(context);
            Open(id);
        });
        routes.MapPost("/task/new", async (HttpContext context) =>
        {
            var form = await ReadFieldsAsync(context.Request);
            await StoreAsync(form);
            _tasks[SetUuid ?? Id] = 0;
            await Faults.Json($$"""{"uuid":"{{SetUuid ?? Id}}"}""")(context);
        });
        routes.MapPost("/task/new/upload/{id}", ReceiveAsync);
        routes.MapPost("/task/new/commit/{id}", CommitAsync);
        routes.MapGet("/task/{id}/info", (string id, HttpContext context) => Faults.Json(
            IsTask(id) ? $$$"""{"uuid":"{{{id}}}","status":{"code":20}}""" : $$"""{"error":"{{id}} not found"}""")(context));
        if (TellsWhatItHolds)
        {
            routes.MapGet("/task/new/upload/{id}", (string id, HttpContext context) => Faults.Json(Inventory(id))(context));
        }
    }

    private async Task ReceiveAsync(string id, HttpContext context)
    {
        MostParallel = Math.Max(MostParallel, Interlocked.Increment(ref _receiving));
        try
        {
            if (await UploadFaults.StrikeAsync(context))
            {
                return;
            }

            var form = await context.Request.ReadFormAsync();
            if (_open.ContainsKey(id))
            {
                await StoreAsync(form);
            }

            await Faults.Json(_open.ContainsKey(id) ? """{"success":true}""" : """{"error":"Invalid uuid (not found)"}""")(context);
        }
        finally
        {
            Interlocked.Decrement(ref _receiving);
        }
    }

    private async Task CommitAsync(string id, HttpContext context)
    {
        var isOpen = _open.TryRemove(id, out _);
        if (isOpen)
        {
            _tasks[id] = 0;
        }

        if (!await CommitFaults.StrikeAsync(context))
        {
            await Faults.Json(isOpen ? $$"""{"uuid":"{{id}}"}""" : """{"error":"Invalid uuid (not found)"}""")(context);
        }
    }

    private async Task<IFormCollection> ReadFieldsAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        Fields = form.ToDictionary(field => field.Key, field => field.Value.ToString());
        SetUuid = request.Headers.TryGetValue("set-uuid", out var id) ? id.ToString() : null;
        return form;
    }

    private async Task StoreAsync(IFormCollection form)
    {
        foreach (var file in form.Files)
        {
            Assert.Equal("images", file.Name);
            using var content = new MemoryStream();
            await file.CopyToAsync(content);
            Files.Enqueue((file.FileName, content.ToArray()));
        }
    }

    private string Inventory(string id)
    {
        if (!_open.ContainsKey(id))
        {
            return """{"error":"Invalid uuid (not found)"}""";
        }

        var text = new StringBuilder();
        foreach (var (name, content) in Files)
        {
            var hash = Convert.ToHexStringLower(XxHash128.Hash(content));
            text.Append(text.Length > 0 ? "," : string.Empty)
                .Append(CultureInfo.InvariantCulture, $$"""{"name":"{{name}}","size":{{content.Length}},"xxh128":"{{hash}}"}""");
        }

        return $$"""{"uuid":"{{id}}","files":[{{text}}]}""";
    }
}
