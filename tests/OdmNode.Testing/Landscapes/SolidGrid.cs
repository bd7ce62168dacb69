using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Landscapes;

/// <summary>Finds the solids near a ray: a plan grid of short lists.</summary>
internal sealed class SolidGrid
{
    private const double CellSize = 6;
    private readonly Solid[] solids;
    private readonly int[]?[] cells;
    private readonly double minX;
    private readonly double minY;
    private readonly int columns;
    private readonly int rows;

    public SolidGrid(IReadOnlyList<Solid> solids)
    {
        this.solids = [.. solids];
        if (this.solids.Length == 0)
        {
            cells = [];
            return;
        }

        minX = this.solids.Min(s => s.MinX);
        minY = this.solids.Min(s => s.MinY);
        columns = CellOf(this.solids.Max(s => s.MaxX), minX) + 1;
        rows = CellOf(this.solids.Max(s => s.MaxY), minY) + 1;
        Top = this.solids.Max(s => s.Top);
        var lists = new List<int>?[columns * rows];
        for (int i = 0; i < this.solids.Length; i++)
        {
            Solid solid = this.solids[i];
            for (int row = CellOf(solid.MinY, minY); row <= CellOf(solid.MaxY, minY); row++)
            {
                for (int column = CellOf(solid.MinX, minX); column <= CellOf(solid.MaxX, minX); column++)
                {
                    (lists[(row * columns) + column] ??= []).Add(i);
                }
            }
        }

        cells = [.. lists.Select(list => list?.ToArray())];
    }

    /// <summary>Height of the highest solid, metres; negative infinity without any.</summary>
    public double Top { get; } = double.NegativeInfinity;

    public Solid this[int index] => solids[index];

    /// <summary>The first solid that a ray enters between two distances; -1 if there is none.</summary>
    public int FirstHit(Vector3D origin, Vector3D direction, double from, double to, out double distance, out int face)
    {
        distance = to;
        face = -1;
        if (from >= to || cells.Length == 0)
        {
            return -1;
        }

        int found = -1;
        double startX = origin.X + (from * direction.X) - minX;
        double startY = origin.Y + (from * direction.Y) - minY;
        int column = (int)Math.Floor(startX / CellSize);
        int row = (int)Math.Floor(startY / CellSize);
        int lastColumn = (int)Math.Floor((origin.X + (to * direction.X) - minX) / CellSize);
        int lastRow = (int)Math.Floor((origin.Y + (to * direction.Y) - minY) / CellSize);
        int stepX = Math.Sign(direction.X);
        int stepY = Math.Sign(direction.Y);
        double perX = stepX == 0 ? double.PositiveInfinity : CellSize / Math.Abs(direction.X);
        double perY = stepY == 0 ? double.PositiveInfinity : CellSize / Math.Abs(direction.Y);
        double nextX = stepX == 0 ? double.PositiveInfinity : (((column + (stepX > 0 ? 1 : 0)) * CellSize) - startX) / direction.X;
        double nextY = stepY == 0 ? double.PositiveInfinity : (((row + (stepY > 0 ? 1 : 0)) * CellSize) - startY) / direction.Y;
        int steps = Math.Abs(lastColumn - column) + Math.Abs(lastRow - row);
        for (int step = 0; step <= steps; step++)
        {
            if ((uint)column < (uint)columns && (uint)row < (uint)rows && cells[(row * columns) + column] is { } list)
            {
                foreach (int index in list)
                {
                    if (solids[index].Intersect(origin, direction, from, distance, out double at, out int hitFace))
                    {
                        (found, distance, face) = (index, at, hitFace);
                    }
                }
            }

            if (nextX < nextY)
            {
                column += stepX;
                nextX += perX;
            }
            else
            {
                row += stepY;
                nextY += perY;
            }
        }

        return found;
    }

    /// <summary>The highest upper side over a plan position; negative infinity over open ground.</summary>
    public double TopAt(double x, double y)
    {
        double top = double.NegativeInfinity;
        if (cells.Length == 0)
        {
            return top;
        }

        int column = CellOf(x, minX);
        int row = CellOf(y, minY);
        if ((uint)column < (uint)columns && (uint)row < (uint)rows && cells[(row * columns) + column] is { } list)
        {
            foreach (int index in list)
            {
                top = Math.Max(top, solids[index].TopAt(x, y));
            }
        }

        return top;
    }

    /// <summary>Whether a solid's bounding rectangle lies within a distance, metres.</summary>
    public bool AnyWithin(double x, double y, double distance)
    {
        foreach (Solid solid in solids)
        {
            if (x > solid.MinX - distance && x < solid.MaxX + distance && y > solid.MinY - distance && y < solid.MaxY + distance)
            {
                return true;
            }
        }

        return false;
    }

    private static int CellOf(double value, double minimum) => (int)Math.Floor((value - minimum) / CellSize);
}
