namespace OdmNode.Geospatial.Elevation;

/// <summary>Where the height of a cell comes from.</summary>
public enum CellOrigin : byte
{
    /// <summary>Nothing is known.</summary>
    None = 0,

    /// <summary>From points within the cell's neighbourhood.</summary>
    Measured = 1,

    /// <summary>Interpolated across a gap.</summary>
    Filled = 2,
}
