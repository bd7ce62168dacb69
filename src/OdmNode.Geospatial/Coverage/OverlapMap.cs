using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Coverage;

/// <summary>How many photos show each cell of the ground. What stands in between is not asked for: the count is that of the flight.</summary>
public sealed record OverlapMap
{
    /// <summary>Map coordinates; those of the world where there is no map.</summary>
    public required GroundGrid Grid { get; init; }

    /// <summary>Photos by cell, rows from the north.</summary>
    public required IReadOnlyList<int> Counts { get; init; }

    /// <summary>Where the photos were taken, in the coordinates of the grid and the order of the shots.</summary>
    public required IReadOnlyList<Vector2D> Cameras { get; init; }

    /// <param name="reconstruction">The placed photos and their tie points, which give the height of the ground.</param>
    /// <param name="outline">Corners of an area that the map covers too, map coordinates; may be empty.</param>
    /// <param name="cellsAlongLongestSide">At least one.</param>
    /// <param name="parallelism">Cores to use.</param>
    /// <param name="cancellationToken">Asked between rows.</param>
    public static OverlapMap Of(
        Reconstruction reconstruction, IReadOnlyList<Vector2D> outline, int cellsAlongLongestSide, int parallelism, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        Vector3D ToMap(Vector3D point) => reconstruction.MapFrame?.MapFromWorld(point) ?? point;
        Vector3D ToWorld(Vector3D point) => reconstruction.MapFrame?.WorldFromMap(point) ?? point;
        Vector2D[] cameras = [.. reconstruction.Shots.Select(shot => ToMap(shot.CameraFromWorld.Center)).Select(p => new Vector2D(p.X, p.Y))];
        TiePointHeights ground = TiePointHeights.Of([.. reconstruction.Points.Positions.Select(ToMap)], [.. cameras, .. outline]);
        GroundGrid grid = GridOf(ground, cellsAlongLongestSide);
        PhotoFrame[] frames = [.. reconstruction.Shots.Select(shot => new PhotoFrame(shot, reconstruction.CameraOf(shot)))];
        var counts = new int[grid.Width * grid.Height];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        Parallel.For(0, grid.Height, options, row =>
        {
            for (int column = 0; column < grid.Width; column++)
            {
                double east = grid.EastingOf(column);
                double north = grid.NorthingOf(row);
                Vector3D point = ToWorld(new Vector3D(east, north, ground.At(east, north)));
                int seen = 0;
                foreach (PhotoFrame frame in frames)
                {
                    seen += frame.Shows(point) ? 1 : 0;
                }

                counts[(row * grid.Width) + column] = seen;
            }
        });
        return new OverlapMap { Grid = grid, Counts = counts, Cameras = cameras };
    }

    /// <summary>Of the cells that a photo shows and the mask holds, the shares that 1, 2, … <paramref name="top"/> or more photos show.</summary>
    /// <param name="top">At least one.</param>
    /// <param name="mask">One value for each cell; null takes them all.</param>
    /// <returns>Shares that add up to one; zeros where no cell is shown.</returns>
    public double[] Shares(int top, bool[]? mask)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var cells = new double[top];
        for (int i = 0; i < Counts.Count; i++)
        {
            if (Counts[i] > 0 && mask?[i] != false)
            {
                cells[Math.Min(top, Counts[i]) - 1]++;
            }
        }

        double sum = cells.Sum();
        return [.. cells.Select(count => sum == 0 ? 0 : count / sum)];
    }

    private static GroundGrid GridOf(TiePointHeights ground, int cells)
    {
        double side = Math.Max(Math.Max(ground.East - ground.West, ground.North - ground.South), 1e-6);
        return GroundGrid.Covering(ground.West, ground.South, ground.East, ground.North, side / cells);
    }
}
