using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>Chooses the blocks of a tile in which the surface may lie.</summary>
internal sealed class BlockSeeder
{
    /// <summary>Edge of the squares between which walls are looked for, voxels.</summary>
    private const int ColumnVoxels = 2;

    /// <summary>Columns without points over which a wall may lean.</summary>
    private const int LeaningColumns = 6;

    private readonly VoxelTile tile;
    private readonly MeshOptions options;
    private readonly HashSet<long> keys = [];
    private readonly int firstColumn;
    private readonly int firstRow;
    private readonly int columns;
    private readonly int rows;
    private readonly float[] lowest;
    private readonly float[] highest;

    public BlockSeeder(VoxelTile tile, MeshOptions options)
    {
        this.tile = tile;
        this.options = options;
        const int margin = VoxelTile.ReachVoxels;
        firstColumn = (tile.X - margin) / ColumnVoxels;
        firstRow = (tile.Y - margin) / ColumnVoxels;
        columns = (tile.Width + (2 * margin)) / ColumnVoxels;
        rows = (tile.Height + (2 * margin)) / ColumnVoxels;
        lowest = new float[columns * rows];
        highest = new float[columns * rows];
        Array.Fill(lowest, float.PositiveInfinity);
        Array.Fill(highest, float.NegativeInfinity);
    }

    /// <summary>Adds the blocks around all points of a cloud.</summary>
    public void AddPoints(PointCloud cloud)
    {
        VoxelLattice lattice = tile.Lattice;
        double perMetre = 1 / lattice.Resolution;
        double x0 = (cloud.Origin.X - lattice.West) * perMetre;
        double y0 = (cloud.Origin.Y - lattice.South) * perMetre;
        double z0 = cloud.Origin.Z * perMetre;
        for (int i = 0; i < cloud.Positions.Length; i += 3)
        {
            double x = x0 + (cloud.Positions[i] * perMetre);
            double y = y0 + (cloud.Positions[i + 1] * perMetre);
            double z = z0 + (cloud.Positions[i + 2] * perMetre);
            int column = (int)Math.Floor(x / ColumnVoxels) - firstColumn;
            int row = (int)Math.Floor(y / ColumnVoxels) - firstRow;
            if ((uint)column < (uint)columns && (uint)row < (uint)rows)
            {
                AddHeight((row * columns) + column, (float)z);
                AddAround(x, y, z, z);
            }
        }
    }

    /// <summary>Adds the blocks around the heights that fill gaps.</summary>
    public void AddGaps(Relief relief)
    {
        double h = tile.Lattice.Resolution;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double x = (firstColumn + column + 0.5) * ColumnVoxels;
                double y = (firstRow + row + 0.5) * ColumnVoxels;
                if (relief.GapHeight(tile.Lattice.West + (x * h), tile.Lattice.South + (y * h)) is { } height)
                {
                    AddHeight((row * columns) + column, (float)(height / h));
                    AddAround(x, y, height / h, height / h);
                }
            }
        }
    }

    /// <summary>The blocks that the tile needs: its own and one more on all sides.</summary>
    public VoxelVolume ToVolume()
    {
        if (options.HasVertical)
        {
            AddWalls();
        }

        return VoxelVolume.Of(keys);
    }

    private void AddHeight(int column, float height)
    {
        lowest[column] = MathF.Min(lowest[column], height);
        highest[column] = MathF.Max(highest[column], height);
    }

    /// <summary>Adds what lies between the heights of columns beside each other.</summary>
    private void AddWalls()
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                if (highest[(row * columns) + column] >= lowest[(row * columns) + column])
                {
                    AddWall(column, row, 1, 0);
                    AddWall(column, row, 0, 1);
                }
            }
        }
    }

    /// <summary>Adds the columns from one to the next with heights, from the lowest to the highest of both.</summary>
    private void AddWall(int column, int row, int stepX, int stepY)
    {
        int first = (row * columns) + column;
        for (int step = 1; step <= LeaningColumns; step++)
        {
            int otherColumn = column + (step * stepX);
            int otherRow = row + (step * stepY);
            if (otherColumn >= columns || otherRow >= rows)
            {
                return;
            }

            int second = (otherRow * columns) + otherColumn;
            if (highest[second] < lowest[second])
            {
                continue;
            }

            float low = MathF.Min(lowest[first], lowest[second]);
            float high = MathF.Max(highest[first], highest[second]);
            for (int between = 0; between <= step && high - low > options.TruncationVoxels; between++)
            {
                AddAround(
                    (firstColumn + column + (between * stepX) + 0.5) * ColumnVoxels,
                    (firstRow + row + (between * stepY) + 0.5) * ColumnVoxels,
                    low,
                    high);
            }

            return;
        }
    }

    private void AddAround(double x, double y, double low, double high)
    {
        int reach = options.TruncationVoxels;
        int firstX = Math.Max(BlockOf(x - reach), (tile.X / VoxelVolume.Edge) - 1);
        int lastX = Math.Min(BlockOf(x + reach), (tile.X + tile.Width) / VoxelVolume.Edge);
        int firstY = Math.Max(BlockOf(y - reach), (tile.Y / VoxelVolume.Edge) - 1);
        int lastY = Math.Min(BlockOf(y + reach), (tile.Y + tile.Height) / VoxelVolume.Edge);
        int lastZ = BlockOf(high + reach);
        for (int blockY = firstY; blockY <= lastY; blockY++)
        {
            for (int blockX = firstX; blockX <= lastX; blockX++)
            {
                for (int blockZ = BlockOf(low - reach); blockZ <= lastZ; blockZ++)
                {
                    keys.Add(VoxelVolume.KeyOf(blockX, blockY, blockZ));
                }
            }
        }
    }

    private static int BlockOf(double voxel) => (int)Math.Floor(voxel / VoxelVolume.Edge);
}
