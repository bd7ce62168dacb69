using System.Runtime.CompilerServices;
using System.Text.Json;
using OdmNode.Dense.Panoramas;
using OdmNode.Engine.Inputs;
using OdmNode.Geometry.Geodesy;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Stages;

/// <summary>The usable photos of a survey and where it lies.</summary>
public sealed record Dataset
{
    public const string Section = "dataset";
    private static readonly ConditionalWeakTable<StageOutput, Dataset> Loaded = [];
    private Dictionary<string, PhotoRecord>? byName;

    /// <summary>In ordinal order of file name; at least two.</summary>
    public required IReadOnlyList<PhotoRecord> Photos { get; init; }

    /// <summary>Null when neither photos nor control points have a position.</summary>
    public Georeference? Georeference { get; init; }

    /// <summary>Ground control and check points that photos show; empty where there are none or the photos' own positions are to count.</summary>
    public IReadOnlyList<SurveyedPoint> ControlPoints { get; init; } = [];

    public MapFrame? MapFrame() => Georeference is not { } g
        ? null
        : new MapFrame(
            new GeodeticPosition(g.OriginLatitude, g.OriginLongitude, g.OriginHeight),
            new UtmZone(g.ZoneNumber, g.ZoneNorth),
            g.OffsetEast,
            g.OffsetNorth);

    /// <summary>Mean of the capture times that are known; null when none is.</summary>
    public DateTimeOffset? MeanCaptureTime()
    {
        double[] times = [.. Photos.Select(photo => photo.Metadata?.CaptureTime).OfType<double>()];
        return times.Length == 0 ? null : DateTimeOffset.FromUnixTimeSeconds((long)times.Average());
    }

    /// <summary>Read once for all the units that ask for it.</summary>
    internal static Dataset Load(StageOutput readMetadata) => Loaded.GetValue(readMetadata, static output => output.OpenSummary().Read(
        Section, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.Dataset)!));

    /// <summary>The photo of a name, or that a view of <see cref="PanoramaViews"/> was cut from.</summary>
    internal PhotoRecord Photo(string name)
    {
        byName ??= Photos.ToDictionary(photo => photo.FileName, StringComparer.Ordinal);
        return byName.TryGetValue(name, out PhotoRecord? photo) || PanoramaViews.Parse(name) is not { } view
            ? photo ?? throw new KeyNotFoundException($"There is no photo {name}.")
            : byName[view.Panorama];
    }
}
