using OdmNode.Geospatial.Gdal;

namespace OdmNode.Geospatial.Elevation;

/// <summary>What an elevation raster holds: heights, and how many of them were measured.</summary>
public sealed record ElevationSummary
{
    private const int RowsAtATime = 256;

    /// <summary>Cells with a height.</summary>
    public required long Cells { get; init; }

    /// <summary>Of them those that were measured; null where the origins of the heights were not written.</summary>
    public required long? Measured { get; init; }

    /// <summary>Edge of a cell, metres.</summary>
    public required double CellMetres { get; init; }

    /// <summary>Metres; 0 without cells.</summary>
    public required double Lowest { get; init; }

    /// <inheritdoc cref="Lowest"/>
    public required double Highest { get; init; }

    /// <inheritdoc cref="Lowest"/>
    public required double Mean { get; init; }

    /// <summary>Standard deviation of the heights, metres.</summary>
    public required double Deviation { get; init; }

    /// <summary>Of them those that were interpolated across a gap.</summary>
    public long? Filled => Cells - Measured;

    /// <summary>Reads a raster strip by strip.</summary>
    /// <param name="heightsPath">A raster of heights.</param>
    /// <param name="originsPath">The raster of <see cref="CellOrigin"/> beside it, of the same grid; null without one.</param>
    /// <param name="cancellationToken">Asked between strips.</param>
    /// <exception cref="Core.Errors.OdmException">Storage: a file cannot be read.</exception>
    public static ElevationSummary Of(string heightsPath, string? originsPath, CancellationToken cancellationToken)
    {
        using RasterReader heights = RasterReader.Open(heightsPath);
        using RasterReader? origins = originsPath is null ? null : RasterReader.Open(originsPath);
        float noData = (float)(heights.NoData ?? double.NaN);
        (long cells, long measured) = (0, 0);
        (double lowest, double highest, double sum, double squares, double shift) = (double.MaxValue, double.MinValue, 0, 0, 0);
        for (int y = 0; y < heights.Height; y += RowsAtATime)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(RowsAtATime, heights.Height - y);
            float[] strip = heights.ReadFloats(0, y, heights.Width, rows);
            byte[]? from = origins?.ReadBytes(0, y, heights.Width, rows);
            for (int i = 0; i < strip.Length; i++)
            {
                if (float.IsNaN(strip[i]) || strip[i] == noData)
                {
                    continue;
                }

                // Squares about a height of the survey keep their digits on a mountain.
                shift = cells == 0 ? strip[i] : shift;
                double height = strip[i] - shift;
                cells++;
                measured += from?[i] == (byte)CellOrigin.Measured ? 1 : 0;
                lowest = Math.Min(lowest, strip[i]);
                highest = Math.Max(highest, strip[i]);
                sum += height;
                squares += height * height;
            }
        }

        long n = Math.Max(1, cells);
        return new ElevationSummary
        {
            Cells = cells,
            Measured = origins is null ? null : measured,
            CellMetres = heights.GeoTransform?[1] ?? 0,
            Lowest = cells == 0 ? 0 : lowest,
            Highest = cells == 0 ? 0 : highest,
            Mean = shift + (sum / n),
            Deviation = Math.Sqrt(Math.Max(0, (squares / n) - (sum / n * (sum / n)))),
        };
    }
}
