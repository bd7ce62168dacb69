using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Sfm.Bundle;

/// <summary>
/// What remains between observations and projections, averaged over the cells of one lens's picture: what is left there after
/// the adjustment is common to all photos of the lens, so its model does not explain it.
/// </summary>
/// <remarks>
/// The systematic image residuals of self-calibration: D. C. Brown, Close-range camera calibration, Photogrammetric Engineering 37 (1971).
/// </remarks>
public sealed record ResidualGrid
{
    /// <summary>Key into <see cref="Reconstruction.Cameras"/>.</summary>
    public required string CameraId { get; init; }

    /// <summary>Cells are square but for rounding; columns times rows of them cover the picture.</summary>
    public required int Columns { get; init; }

    /// <inheritdoc cref="Columns"/>
    public required int Rows { get; init; }

    /// <summary>Observations in each cell, rows from the top.</summary>
    public required IReadOnlyList<int> Counts { get; init; }

    /// <summary>Mean of observed minus projected, full-size pixels, x right, y down; zero in an empty cell.</summary>
    public required IReadOnlyList<Vector2D> MeanVectors { get; init; }

    /// <summary>Root mean square length of the residuals, full-size pixels; zero in an empty cell.</summary>
    public required IReadOnlyList<double> RootMeanSquares { get; init; }

    /// <summary>Observations of all cells: every one of the lens.</summary>
    public int Observations => Counts.Sum();

    /// <param name="reconstruction">Adjusted.</param>
    /// <param name="cellsAlongLongestSide">At least one.</param>
    /// <returns>One grid for each lens that a placed photo was taken with, in ordinal order of id.</returns>
    public static IReadOnlyList<ResidualGrid> Of(Reconstruction reconstruction, int cellsAlongLongestSide)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        ArgumentOutOfRangeException.ThrowIfLessThan(cellsAlongLongestSide, 1);
        var sums = new SortedDictionary<string, ResidualSums>(StringComparer.Ordinal);
        foreach (Shot shot in reconstruction.Shots)
        {
            sums.TryAdd(shot.CameraId, new ResidualSums(reconstruction.CameraOf(shot), cellsAlongLongestSide));
        }

        TiePoints points = reconstruction.Points;
        for (int point = 0; point < points.Count; point++)
        {
            foreach (Observation seen in points.ObservationsOf(point))
            {
                Shot shot = reconstruction.Shots[seen.Shot];
                Camera camera = reconstruction.CameraOf(shot);
                var observed = new Vector2D(seen.X, seen.Y);
                sums[shot.CameraId].Add(observed, shot.Residual(camera, points.Positions[point], observed));
            }
        }

        return [.. sums.Select(entry => entry.Value.ToGrid(entry.Key))];
    }
}
