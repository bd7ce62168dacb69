using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Cutlines;

/// <summary>
/// The line along which an orthophoto is cut when it is laid over its neighbours: closed, a little inside the surveyed area, along
/// edges of the picture, where a change of photos or of light is least seen.
/// </summary>
/// <remarks>
/// The cheapest closed path in a band along the outline, where following an edge costs little: the cost of E. N. Mortensen and
/// W. A. Barrett, Intelligent scissors for image composition, SIGGRAPH 1995, for the circular shortest path of C. Sun and
/// S. Pallottino, Circular shortest path in images, Pattern Recognition 36 (2003).
/// </remarks>
public static class Cutline
{
    /// <summary>Longest side of the picture that is looked at, cells: bounds memory (some 30 bytes per cell) and time.</summary>
    public const int LongestSide = 3072;

    private const double BandShare = 0.1;
    private const double LeastInnerShare = 0.5;
    private const double LeastBandCells = 6;
    private const double ToleranceCells = 0.7;

    /// <param name="rasterPath">Colours, 8 bits, with alpha or a mask, on the map.</param>
    /// <param name="outline">The area that the raster shows.</param>
    /// <param name="cancellationToken">Asked while searching.</param>
    /// <returns>The outline itself where it is too narrow for a band.</returns>
    /// <exception cref="Core.Errors.OdmException">Storage: the raster cannot be read.</exception>
    public static CropPolygon Trace(string rasterPath, CropPolygon outline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outline);
        using RasterReader raster = RasterReader.OpenRgba(rasterPath);
        double[] place = raster.GeoTransform ?? throw new ArgumentException("The raster has no place on the map.", nameof(rasterPath));
        int factor = (Math.Max(raster.Width, raster.Height) + LongestSide - 1) / LongestSide;
        var grid = new GroundGrid(place[0], place[3], place[1] * factor, Math.Max(1, raster.Width / factor), Math.Max(1, raster.Height / factor));
        if (InnerOf(outline, grid.Resolution) is not { } inner)
        {
            return outline;
        }

        byte[] pixels = raster.ReadReducedBytes(
            0, 0, Math.Min(raster.Width, grid.Width * factor), Math.Min(raster.Height, grid.Height * factor), grid.Width, grid.Height);
        cancellationToken.ThrowIfCancellationRequested();
        var ground = new GroundTile(grid, 0, 0, 0, 0, grid.Width, grid.Height);
        var ring = new RingBand(outline.Mask(ground), inner.Mask(ground), grid.Width);
        byte[] costs = EdgeCosts.Of(pixels, ring);
        if (ClosedPathSearch.Find(ring, costs, cancellationToken) is not { } cells)
        {
            return outline;
        }

        var corners = new Vector2D[cells.Count];
        for (int i = 0; i < corners.Length; i++)
        {
            corners[i] = new Vector2D(grid.EastingOf(cells[i] % grid.Width), grid.NorthingOf(cells[i] / grid.Width));
        }

        return new CropPolygon(corners).Simplified(ToleranceCells * grid.Resolution);
    }

    /// <summary>What every line encloses: the widest band is taken that leaves half of the area to the middle.</summary>
    private static CropPolygon? InnerOf(CropPolygon outline, double resolution)
    {
        for (double width = BandShare * Math.Sqrt(outline.Area); width >= LeastBandCells * resolution; width /= 2)
        {
            if (outline.Shrunk(width) is { } inner && inner.Area >= LeastInnerShare * outline.Area)
            {
                return inner;
            }
        }

        return null;
    }
}
