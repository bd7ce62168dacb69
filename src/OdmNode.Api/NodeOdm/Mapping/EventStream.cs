using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OdmNode.Api.NodeOdm.Wire;
using OdmNode.Tasks.Output;

namespace OdmNode.Api.NodeOdm.Mapping;

/// <summary>A console as server-sent events (WHATWG HTML, section 9.2): a line is a message whose id is the line's number.</summary>
internal static class EventStream
{
    public static void Write(IBufferWriter<byte> writer, IReadOnlyList<ConsoleFeedItem> items)
    {
        foreach (var item in items)
        {
            Encoding.UTF8.GetBytes(Describe(item), writer);
        }
    }

    private static string Describe(ConsoleFeedItem item) => item.Kind switch
    {
        ConsoleFeedKind.Line => string.Create(CultureInfo.InvariantCulture, $"id: {item.Number}\ndata: {item.Text}\n\n"),
        ConsoleFeedKind.Restart => "event: restart\ndata: {}\n\n",
        ConsoleFeedKind.Gone => "event: gone\ndata: {}\n\n",
        ConsoleFeedKind.End => $"event: end\ndata: {Status(item.Number)}\n\n",
        _ => ": alive\n\n",
    };

    private static string Status(long code) => JsonSerializer.Serialize(new TaskStatusWire((int)code, null), NodeOdmJson.Wire.TaskStatusWire);
}
