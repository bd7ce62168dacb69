using System.Text.Json;
using OdmNode.Core.Options;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Binding;

/// <summary>The fields of a task that a client may set; null where it says nothing.</summary>
internal sealed record TaskFields
{
    /// <summary>What stands for photos that stay as they come.</summary>
    public const int NoResizing = -1;

    private const int MaxName = 255;

    /// <summary>Their names in the protocol.</summary>
    public static readonly IReadOnlySet<string> Names =
        new HashSet<string>(StringComparer.Ordinal) { "name", "processing_node", "auto_processing_node", "options", "project", "partial", "public", "resize_to" };

    public string? Name { get; init; }

    public long? Node { get; init; }

    public bool? AutoNode { get; init; }

    public IReadOnlyList<WebTaskOption>? Options { get; init; }

    public bool? IsPublic { get; init; }

    /// <summary>Pixels; <see cref="NoResizing"/> for none.</summary>
    public int? ResizeTo { get; init; }

    /// <summary>Reads all of them; what is wrong is collected by the reader.</summary>
    /// <param name="reader">The request's fields.</param>
    /// <param name="nodes">To tell whether the node exists.</param>
    /// <param name="needsNode">True when a node must be named.</param>
    public static TaskFields Read(FieldReader reader, NodeRegistry nodes, bool needsNode = false) => new()
    {
        Name = reader.Text("name", most: MaxName),
        Node = reader.Key("processing_node", id => nodes.Find(id) is not null, needsNode),
        AutoNode = reader.Boolean("auto_processing_node"),
        Options = ReadOptions(reader),
        IsPublic = reader.Boolean("public"),
        ResizeTo = ReadResizing(reader),
    };

    /// <summary>The task with these fields.</summary>
    public WebTask Apply(WebTask task) => task with
    {
        Name = Name ?? task.Name,
        Node = Node ?? task.Node,
        AutoNode = AutoNode ?? task.AutoNode,
        Options = Options ?? task.Options,
        IsPublic = IsPublic ?? task.IsPublic,
        ResizeTo = ResizeTo is { } longest && MayBeResized(task) ? longest == NoResizing ? null : longest : task.ResizeTo,
    };

    /// <summary>Photos are scaled before the task is sent for the first time; later it would change nothing.</summary>
    private static bool MayBeResized(WebTask task) => task is { Stage: WebTaskStage.Draft or WebTaskStage.Waiting, PendingAction: null, NodeTask: null };

    private static int? ReadResizing(FieldReader reader)
    {
        if (reader.Given("resize_to") is null || reader.Integer("resize_to") is not { } pixels)
        {
            return null;
        }

        if (pixels is NoResizing or > 0 and <= int.MaxValue)
        {
            return (int)pixels;
        }

        reader.Refuse("resize_to", WebOdmTexts.BadResizing);
        return null;
    }

    /// <summary>A list as JSON, or as JSON text, an empty one of which says nothing; values that are false or zero are as good as others.</summary>
    private static WebTaskOption[]? ReadOptions(FieldReader reader)
    {
        if (!reader.Has("options"))
        {
            return null;
        }

        var given = reader.Given("options");
        if (given is null && !reader.IsNull("options"))
        {
            return null;
        }

        try
        {
            var list = given is { ValueKind: JsonValueKind.String } text ? ForeignJson.Parse(text.GetString()!) : given ?? default;
            if (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(IsOption))
            {
                return [.. list.EnumerateArray().Select(option => new WebTaskOption(
                    option.GetProperty("name").GetString()!, option.GetProperty("value").Clone()))];
            }

            reader.Refuse("options", WebOdmTexts.BadOptions);
        }
        catch (JsonException)
        {
            reader.Refuse("options", WebOdmTexts.BadJson);
        }

        return null;
    }

    private static bool IsOption(JsonElement option) =>
        option.ValueKind == JsonValueKind.Object
        && option.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString()!.Length > 0
        && option.TryGetProperty("value", out var value)
        && value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number or JsonValueKind.String;
}
