namespace OdmNode.WebOdm.Files;

/// <summary>Where results lie, as their rasters tell.</summary>
public sealed record ResultPlace
{
    /// <summary>West, south, east, north in degrees (WGS 84): of the orthophoto, else the surface model, else the terrain model.</summary>
    public required IReadOnlyList<double> Extent { get; init; }

    /// <summary>EPSG code of that raster's CRS; null when that has none.</summary>
    public int? Epsg { get; init; }

    /// <summary>The bands of the orthophoto in their order; empty without one.</summary>
    public IReadOnlyList<ResultBand> OrthophotoBands { get; init; } = [];

    /// <summary>True when the extent and a box have more in common than an edge.</summary>
    /// <param name="box">West, south, east, north in degrees.</param>
    public bool Meets(IReadOnlyList<double> box) => box[0] < Extent[2] && box[2] > Extent[0] && box[1] < Extent[3] && box[3] > Extent[1];
}

/// <summary>A band of a raster.</summary>
/// <param name="Color">What it means to the eye, such as <c>red</c> or <c>alpha</c>.</param>
/// <param name="Description">Its name in the file; null without one.</param>
public sealed record ResultBand(string Color, string? Description);
