using System.Globalization;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Scheduling;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>The console.</summary>
internal static class WebOutputEndpoints
{
    public static IResult Output(string project, string task, HttpRequest request, Caller caller, WebOdmLookup lookup, TaskConsoles consoles)
    {
        var found = lookup.Task(caller, project, task, ProjectRights.View);
        var format = request.Query["f"].ToString();
        if (format is not ("" or "text" or "raw" or "json"))
        {
            throw WebOdmRefusalException.List(WebOdmTexts.InvalidParameter);
        }

        var console = consoles.Of(found);
        var count = console.Count;
        var (first, end) = Range(Number(request, "line"), Number(request, "limit"), count);
        var lines = console.Read(first, end);
        if (format == "json")
        {
            return new JsonAnswer<OutputWire>(new OutputWire(lines, count), WebOdmJson.Wire.OutputWire);
        }

        // White space is cut at the end of the whole log alone.
        var text = string.Join('\n', lines);
        text = end >= count ? text.TrimEnd() : text;
        return format == "raw"
            ? TypedResults.Text(text, "text/plain; charset=utf-8")
            : new JsonAnswer<string>(text, WebOdmJson.Wire.String);
    }

    /// <summary>
    /// Numbers of the first line and of the one after the last: at most so many from a line on, or, for a negative limit, the last
    /// ones but none before it.
    /// </summary>
    private static (long First, long End) Range(long line, long limit, long count)
    {
        var first = Math.Min(Math.Max(line, 0), count);
        return limit switch
        {
            > 0 => (first, Math.Min(count, limit > count - first ? count : first + limit)),
            < 0 => (Math.Max(first, limit < -count ? 0 : count + limit), count),
            _ => (first, count),
        };
    }

    private static long Number(HttpRequest request, string name)
    {
        var text = request.Query[name].ToString();
        return text.Length == 0 ? 0
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw WebOdmRefusalException.List(WebOdmTexts.InvalidParameter);
    }
}
