using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>The ground of one block and its border, relative to an anchor in its middle so that single precision suffices.</summary>
internal sealed class BlockGround
{
    private readonly GroundGrid grid;
    private readonly CellRectangle cells;
    private readonly float resolution;

    private BlockGround(GroundGrid grid, CellRectangle cells, Vector3D anchorInMap, float[] heights)
    {
        this.grid = grid;
        this.cells = cells;
        resolution = (float)grid.Resolution;
        AnchorInMap = anchorInMap;
        Heights = heights;
        foreach (float height in heights)
        {
            Lowest = Math.Min(Lowest, float.IsNaN(height) ? Lowest : height);
            Highest = Math.Max(Highest, float.IsNaN(height) ? Highest : height);
        }
    }

    public Vector3D AnchorInMap { get; }

    /// <summary>Metres above the anchor; NaN where the surface is unknown.</summary>
    public float[] Heights { get; }

    public float Lowest { get; }

    public float Highest { get; }

    /// <summary>Null where nothing of the surface is known.</summary>
    public static BlockGround? Of(GroundGrid grid, CellRectangle cells, SurfaceWindow surface)
    {
        float[] heights = surface.HeightsAt(grid, cells);
        int known = Array.FindIndex(heights, height => !float.IsNaN(height));
        if (known < 0)
        {
            return null;
        }

        double up = heights[known];
        for (int i = 0; i < heights.Length; i++)
        {
            heights[i] = (float)(heights[i] - up);
        }

        double east = grid.West + ((cells.X + (cells.Width / 2.0)) * grid.Resolution);
        double north = grid.North - ((cells.Y + (cells.Height / 2.0)) * grid.Resolution);
        return new BlockGround(grid, cells, new Vector3D(east, north, up), heights);
    }

    /// <summary>Metres from the anchor.</summary>
    public float East(int column) => (column + 0.5f - (cells.Width * 0.5f)) * resolution;

    /// <inheritdoc cref="East"/>
    public float North(int row) => ((cells.Height * 0.5f) - row - 0.5f) * resolution;

    public double MapEast(int column) => grid.EastingOf(cells.X + column);

    public double MapNorth(int row) => grid.NorthingOf(cells.Y + row);

    public float MapUp(int cell) => (float)(AnchorInMap.Z + Heights[cell]);

    /// <summary>From a point given relative to the anchor to a camera, metres.</summary>
    public (float East, float North, float Up) ToCamera(SceneView view, float east, float north, float up)
    {
        Vector3D center = view.CenterInMap;
        return (
            (float)(center.X - AnchorInMap.X) - east, (float)(center.Y - AnchorInMap.Y) - north, (float)(center.Z - AnchorInMap.Z) - up);
    }
}
