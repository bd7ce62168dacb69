using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Terrain;

/// <summary>
/// Checks the ground that a filter found against the plane that most of the ground around lies in: what is far above it, such as a hall
/// wider than the filter's window or a wood that reaches the survey's edge, is none.
/// </summary>
/// <remarks>
/// M. A. Fischler, R. C. Bolles, Random sample consensus, Communications of the ACM 24 (1981). Ground below a plane counts against it, for
/// nothing lies under the ground. Blocks, places looked at and samples go by the cells' places in the grid, so windows agree.
/// </remarks>
internal static class GroundRectifier
{
    private const int BlockCells = 8;
    private const int Stride = 3;
    private const int Samples = 96;
    private const int FewestCells = 12;
    private const double SteepestPlane = 1;
    private const double NearMetres = 1;
    private const double FarMetres = 5;
    private const int BelowWeight = 3;

    /// <summary>Cells around a rectangle that have a say in it.</summary>
    public static int MarginCells(double windowMetres, double cellMetres) => ReachCells(windowMetres, cellMetres) + BlockCells;

    /// <summary>Sets cells to NaN that are far above the plane of the ground around them.</summary>
    /// <param name="ground">Heights of the window, metres; NaN where there is none.</param>
    /// <param name="cells">The window.</param>
    /// <param name="windowMetres">Radius of the largest object that the filter removes.</param>
    /// <param name="cellMetres">Edge of a cell.</param>
    /// <param name="cancellationToken">Asked once per row of blocks.</param>
    public static void Rectify(float[] ground, CellRectangle cells, double windowMetres, double cellMetres, CancellationToken cancellationToken)
    {
        int reach = ReachCells(windowMetres, cellMetres);
        float[] before = (float[])ground.Clone();
        var around = new List<(double X, double Y, double Z)>();
        for (int y = FloorTo(cells.Y, BlockCells); y < cells.Y + cells.Height; y += BlockCells)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int x = FloorTo(cells.X, BlockCells); x < cells.X + cells.Width; x += BlockCells)
            {
                Gather(before, cells, x, y, reach, around);
                if (PlaneOf(around, SteepestPlane * cellMetres, unchecked((x * 73856093) ^ (y * 19349663))) is { } plane)
                {
                    RemoveAbove(plane, ground, cells, x, y);
                }
            }
        }
    }

    private static int ReachCells(double windowMetres, double cellMetres) => (int)Math.Ceiling(2.5 * windowMetres / cellMetres);

    private static int FloorTo(int value, int step) => (int)Math.Floor((double)value / step) * step;

    /// <summary>Ground around a block, columns and rows counted from the block's first cell.</summary>
    private static void Gather(float[] ground, CellRectangle cells, int x, int y, int reach, List<(double X, double Y, double Z)> around)
    {
        around.Clear();
        int right = Math.Min(x + BlockCells + reach, cells.X + cells.Width);
        int bottom = Math.Min(y + BlockCells + reach, cells.Y + cells.Height);
        for (int row = FloorTo(Math.Max(y - reach, cells.Y) + Stride - 1, Stride); row < bottom; row += Stride)
        {
            for (int column = FloorTo(Math.Max(x - reach, cells.X) + Stride - 1, Stride); column < right; column += Stride)
            {
                float height = ground[((row - cells.Y) * cells.Width) + column - cells.X];
                if (!float.IsNaN(height))
                {
                    around.Add((column - x, row - y, height));
                }
            }
        }
    }

    /// <summary>Slopes per cell and height at the block's first cell; null where there is too little ground to tell.</summary>
    private static (double X, double Y, double Height)? PlaneOf(List<(double X, double Y, double Z)> around, double steepest, int seed)
    {
        if (around.Count < FewestCells)
        {
            return null;
        }

        (double X, double Y, double Height)? best = null;
        int bestScore = 0;
        var random = new Random(seed);
        for (int sample = 0; sample < Samples; sample++)
        {
            (double X, double Y, double Z) a = around[random.Next(around.Count)];
            (double X, double Y, double Z) b = around[random.Next(around.Count)];
            (double X, double Y, double Z) c = around[random.Next(around.Count)];
            double area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
            double slopeX = (((b.Z - a.Z) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.Z - a.Z))) / area;
            double slopeY = (((b.X - a.X) * (c.Z - a.Z)) - ((b.Z - a.Z) * (c.X - a.X))) / area;

            // Three places in a line have no plane: the comparison fails for what is not a number.
            if (!(Math.Abs(slopeX) + Math.Abs(slopeY) <= steepest))
            {
                continue;
            }

            double height = a.Z - (slopeX * a.X) - (slopeY * a.Y);
            int score = 0;
            foreach ((double x, double y, double z) in around)
            {
                double above = z - height - (slopeX * x) - (slopeY * y);
                score += Math.Abs(above) < NearMetres ? 1 : above < -FarMetres ? -BelowWeight : 0;
            }

            if (score > bestScore)
            {
                (best, bestScore) = ((slopeX, slopeY, height), score);
            }
        }

        return best;
    }

    private static void RemoveAbove((double X, double Y, double Height) plane, float[] ground, CellRectangle cells, int x, int y)
    {
        for (int row = Math.Max(y, cells.Y); row < Math.Min(y + BlockCells, cells.Y + cells.Height); row++)
        {
            for (int column = Math.Max(x, cells.X); column < Math.Min(x + BlockCells, cells.X + cells.Width); column++)
            {
                ref float height = ref ground[((row - cells.Y) * cells.Width) + column - cells.X];
                if (height - plane.Height - (plane.X * (column - x)) - (plane.Y * (row - y)) > FarMetres)
                {
                    height = float.NaN;
                }
            }
        }
    }
}
