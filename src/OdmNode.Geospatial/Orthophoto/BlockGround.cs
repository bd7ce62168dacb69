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

    private BlockGround(GroundGrid grid, CellRectangle cells, Vector3D anchorInMap, float[] heights, HorizonMap horizon)
    {
        this.grid = grid;
        this.cells = cells;
        resolution = (float)grid.Resolution;
        AnchorInMap = anchorInMap;
        Heights = heights;
        Easts = new float[cells.Width];
        HorizonColumns = new CellPlaces(cells.Width);
        for (int column = 0; column < cells.Width; column++)
        {
            Easts[column] = (column + 0.5f - (cells.Width * 0.5f)) * resolution;
            HorizonColumns[column] = horizon.ColumnOf(grid.EastingOf(cells.X + column));
        }

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
    /// <param name="grid">Of the cells.</param>
    /// <param name="cells">The block and its border.</param>
    /// <param name="surface">Knows their heights.</param>
    /// <param name="horizon">What may hide them.</param>
    public static BlockGround? Of(GroundGrid grid, CellRectangle cells, SurfaceWindow surface, HorizonMap horizon)
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
        return new BlockGround(grid, cells, new Vector3D(east, north, up), heights, horizon);
    }

    /// <summary>Of the columns, metres from the anchor.</summary>
    public float[] Easts { get; }

    /// <summary>Of the columns, on the horizon's surface.</summary>
    public CellPlaces HorizonColumns { get; }

    /// <summary>Metres from the anchor.</summary>
    public float North(int row) => ((cells.Height * 0.5f) - row - 0.5f) * resolution;

    public double MapNorth(int row) => grid.NorthingOf(cells.Y + row);

    public float MapUp(int cell) => (float)(AnchorInMap.Z + Heights[cell]);

    /// <summary>From the anchor to a camera, metres.</summary>
    public (float East, float North, float Up) AnchorToCamera(SceneView view)
    {
        Vector3D center = view.CenterInMap;
        return ((float)(center.X - AnchorInMap.X), (float)(center.Y - AnchorInMap.Y), (float)(center.Z - AnchorInMap.Z));
    }

    /// <summary>From a point given relative to the anchor to a camera, metres.</summary>
    public (float East, float North, float Up) ToCamera(SceneView view, float east, float north, float up)
    {
        (float cameraEast, float cameraNorth, float cameraUp) = AnchorToCamera(view);
        return (cameraEast - east, cameraNorth - north, cameraUp - up);
    }
}
