using OdmNode.Geospatial.Elevation;

namespace OdmNode.Engine.Report.Statistics;

/// <summary>An elevation raster that the run delivers.</summary>
/// <param name="Key"><c>dsm</c> or <c>dtm</c>.</param>
/// <param name="Summary">What it holds.</param>
internal sealed record ElevationModel(string Key, ElevationSummary Summary);
