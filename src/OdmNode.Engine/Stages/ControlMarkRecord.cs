namespace OdmNode.Engine.Stages;

/// <summary>A mark in a placed photo.</summary>
/// <param name="Image">File name of the photo.</param>
/// <param name="Marked">Column and row, full-size pixels.</param>
/// <param name="Reprojected">Column and row at which the triangulated point is seen.</param>
public sealed record ControlMarkRecord(string Image, double[] Marked, double[] Reprojected);
