using System.Globalization;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.WebOdm.Binding;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Mapping;

/// <summary>Tasks as clients see them.</summary>
internal static class WebTaskMapping
{
    private static readonly Dictionary<string, Func<WebTask, IComparable?>> Fields = new(StringComparer.Ordinal)
    {
        ["id"] = task => task.Id,
        ["project"] = task => task.Project,
        ["processing_node"] = task => task.Node,
        ["images_count"] = task => task.ImagesCount,
        ["uuid"] = task => task.Uuid,
        ["name"] = task => task.Name,
        ["processing_time"] = task => task.ProcessingTime,
        ["auto_processing_node"] = task => task.AutoNode,
        ["status"] = task => task.Stage.Status(),
        ["last_error"] = task => task.LastError,
        ["created_at"] = task => task.CreatedAt,
        ["pending_action"] = task => (int?)task.PendingAction,
        ["upload_progress"] = task => task.UploadProgress,
        ["running_progress"] = task => task.RunningProgress,
        ["partial"] = task => task.Stage == WebTaskStage.Draft,
        ["epsg"] = task => task.Place?.Epsg,
        ["public"] = task => task.IsPublic,
    };

    public static WebTaskWire ToWire(WebTask task, NodeRegistry nodes, HttpRequest request)
    {
        var node = nodes.Find(task.Node);
        return new WebTaskWire
        {
            Id = task.Id,
            Project = task.Project,
            ProcessingNode = task.Node,
            ImagesCount = task.ImagesCount,
            AvailableAssets = task.AvailableAssets,
            Uuid = task.Uuid,
            Name = task.Name,
            ProcessingTime = task.ProcessingTime,
            AutoProcessingNode = task.AutoNode,
            Status = task.Stage.Status(),
            LastError = task.LastError,
            Options = [.. task.Options.Select(option => new WebTaskOptionWire(option.Name, option.Value))],
            CreatedAt = WebDates.ToWire(task.CreatedAt),
            PendingAction = (int?)task.PendingAction,
            ProcessingNodeName = node is null ? null : ProcessingNodeMapping.Label(node, request),
            CanRerunFrom = node?.RerunStages ?? [],
            UploadProgress = task.UploadProgress,
            ResizeTo = task.ResizeTo ?? TaskFields.NoResizing,
            ResizeProgress = task.ResizeProgress,
            RunningProgress = task.RunningProgress,
            Partial = task.Stage == WebTaskStage.Draft,
            Statistics = ToWire(task.Statistics),
            Extent = task.Place?.Extent,
            Epsg = task.Place?.Epsg,
            OrthophotoBands = [.. (task.Place?.OrthophotoBands ?? []).Select(band => new BandWire(band.Color, band.Description))],
            IsPublic = task.IsPublic,
        };
    }

    /// <summary>The tasks that the query asks for, in its order.</summary>
    /// <exception cref="WebOdmRefusalException">A filter cannot be read.</exception>
    public static IReadOnlyList<WebTask> Select(IReadOnlyList<WebTask> tasks, IQueryCollection query)
    {
        IEnumerable<WebTask> selected = tasks;
        if (query["status"].ToString() is { Length: > 0 } status)
        {
            var code = WebOdmLookup.Number(status) ?? throw WebOdmRefusalException.List(WebOdmTexts.InvalidStatus);
            selected = selected.Where(task => task.Stage.Status() == code);
        }

        if (query["available_assets"].ToString() is { Length: > 0 } assets)
        {
            var wanted = assets.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            selected = selected.Where(task => wanted.All(asset => task.AvailableAssets.Contains(asset)));
        }

        if (query["bbox"].ToString() is { Length: > 0 } text)
        {
            var box = ReadBox(text) ?? throw WebOdmRefusalException.List(WebOdmTexts.InvalidBox);
            selected = selected.Where(task => task.Place?.Meets(box) ?? false);
        }

        return Ordering.By([.. selected], query["ordering"], Fields);
    }

    /// <returns>Four numbers; null for anything else.</returns>
    private static double[]? ReadBox(string text)
    {
        double?[] numbers =
        [
            .. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number
                : (double?)null),
        ];
        return numbers is [{ } west, { } south, { } east, { } north] ? [west, south, east, north] : null;
    }

    private static StatisticsWire ToWire(ResultStatistics? statistics)
    {
        if (statistics is null)
        {
            return new StatisticsWire();
        }

        string[] references = [.. statistics.HasGps ? (string[])["gps"] : [], .. statistics.HasControlPoints ? (string[])["gcp"] : []];
        return new StatisticsWire
        {
            PointCloud = statistics.Points is { } points ? new PointCloudWire(points) : null,
            GroundSampling = statistics.GroundSampling,
            Area = statistics.Area,
            StartDate = statistics.StartDate,
            EndDate = statistics.EndDate,
            SpatialReferences = references.Length > 0 ? references : null,
        };
    }
}
