namespace OdmNode.Geospatial.Elevation;

/// <summary>How densely points lie in plan; measured per tile and added up.</summary>
/// <param name="Points">Points counted.</param>
/// <param name="Cells">Cells of <paramref name="CellMetres"/> that hold a point.</param>
/// <param name="CellMetres">Edge of a cell, metres.</param>
public readonly record struct CloudDensity(long Points, long Cells, double CellMetres)
{
    /// <summary>Edge of the square that belongs to one point where there are points at all, metres; null without points.</summary>
    public double? SpacingMetres => Points == 0 ? null : CellMetres * Math.Sqrt((double)Cells / Points);

    public static CloudDensity operator +(CloudDensity a, CloudDensity b) =>
        new(a.Points + b.Points, a.Cells + b.Cells, a.CellMetres == 0 ? b.CellMetres : a.CellMetres);
}
