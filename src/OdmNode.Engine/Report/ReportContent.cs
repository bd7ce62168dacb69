using OdmNode.Engine.Report.Figures;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Coverage;
using OdmNode.Sfm.Bundle;

namespace OdmNode.Engine.Report;

/// <summary>All that the report shows.</summary>
internal sealed record ReportContent
{
    public required RunStatistics Run { get; init; }

    public required OverlapMap Overlap { get; init; }

    /// <summary>Corners of the surveyed area, map coordinates; empty without a map.</summary>
    public IReadOnlyList<Vector2D> Outline { get; init; } = [];

    public required IReadOnlyList<ResidualGrid> Residuals { get; init; }

    /// <summary>Null for a run without an orthophoto.</summary>
    public MapImage? Orthophoto { get; init; }

    /// <summary>By the keys of <see cref="RunStatistics.Elevation"/>.</summary>
    public IReadOnlyDictionary<string, ReliefImage> Relief { get; init; } = new Dictionary<string, ReliefImage>();
}
