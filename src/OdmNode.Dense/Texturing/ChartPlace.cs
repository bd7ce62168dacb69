namespace OdmNode.Dense.Texturing;

/// <summary>Where a chart with its padding lies, texels.</summary>
public readonly record struct ChartPlace(int Atlas, int X, int Y, int Width, int Height);
