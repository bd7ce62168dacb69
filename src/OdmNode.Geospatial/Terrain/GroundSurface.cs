using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Terrain;

/// <summary>The ground of a window of cells, and which points belong to it.</summary>
public sealed class GroundSurface
{
    /// <summary>LAS class of a point on the ground.</summary>
    public const byte GroundClass = 2;

    /// <summary>LAS class of any other point: processed, but of no special class.</summary>
    public const byte OtherClass = 1;

    private readonly GroundGrid grid;
    private readonly CellRectangle cells;
    private readonly float[] heights;
    private readonly float[] tolerances;

    internal GroundSurface(GroundGrid grid, CellRectangle cells, float[] heights, GroundOptions options)
    {
        this.grid = grid;
        this.cells = cells;
        this.heights = heights;
        tolerances = new float[heights.Length];
        for (int i = 0; i < tolerances.Length; i++)
        {
            tolerances[i] = (float)(options.ThresholdMetres + (options.SlopeScalarMetres * SlopeAt(i % cells.Width, i / cells.Width)));
        }
    }

    /// <summary>Height of the ground, metres; NaN where it is not known.</summary>
    public float HeightAt(double east, double north) => Bilinear(heights, east, north);

    /// <summary>The class of each point: <see cref="GroundClass"/> or <see cref="OtherClass"/>.</summary>
    public byte[] Classify(PointCloud cloud)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        byte[] classes = new byte[cloud.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            double east = cloud.Origin.X + cloud.Positions[3 * i];
            double north = cloud.Origin.Y + cloud.Positions[(3 * i) + 1];
            double height = cloud.Origin.Z + cloud.Positions[(3 * i) + 2];
            bool isGround = Math.Abs(height - HeightAt(east, north)) <= Bilinear(tolerances, east, north);
            classes[i] = isGround ? GroundClass : OtherClass;
        }

        return classes;
    }

    private double SlopeAt(int x, int y)
    {
        double dx = Difference(x - 1, y, x + 1, y);
        double dy = Difference(x, y - 1, x, y + 1);
        return Math.Sqrt((dx * dx) + (dy * dy)) / (2 * grid.Resolution);
    }

    private double Difference(int x0, int y0, int x1, int y1)
    {
        float difference = At(heights, x1, y1) - At(heights, x0, y0);
        return float.IsNaN(difference) ? 0 : difference;
    }

    private float Bilinear(float[] values, double east, double north)
    {
        double column = ((east - grid.West) / grid.Resolution) - 0.5 - cells.X;
        double row = ((grid.North - north) / grid.Resolution) - 0.5 - cells.Y;
        int x = (int)Math.Floor(column);
        int y = (int)Math.Floor(row);
        float u = (float)(column - x);
        float v = (float)(row - y);
        float top = Mix(At(values, x, y), At(values, x + 1, y), u);
        return Mix(top, Mix(At(values, x, y + 1), At(values, x + 1, y + 1), u), v);
    }

    private float At(float[] values, int x, int y) =>
        (uint)x < (uint)cells.Width && (uint)y < (uint)cells.Height ? values[(y * cells.Width) + x] : float.NaN;

    private static float Mix(float a, float b, float t) => float.IsNaN(a) ? b : float.IsNaN(b) ? a : a + (t * (b - a));
}
