using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>A rectangle of the map (of the world where there is no map), metres, without its eastern and northern edge.</summary>
public readonly record struct MapRectangle(double West, double South, double East, double North)
{
    /// <summary>A tile, widened on all sides.</summary>
    public static MapRectangle Of(GroundTile tile, double marginMetres)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return new MapRectangle(
            tile.West - marginMetres, tile.South - marginMetres, tile.East + marginMetres, tile.North + marginMetres);
    }

    public bool Contains(double east, double north) => east >= West && east < East && north >= South && north < North;

    public bool Overlaps(in MapRectangle other) =>
        West < other.East && other.West < East && South < other.North && other.South < North;
}
