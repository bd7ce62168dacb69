using OdmNode.Core.Hashing;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>A survey cut into ground tiles.</summary>
/// <param name="Grid">All cells.</param>
/// <param name="TileSize">Cells along the edge of a tile.</param>
public sealed record TileGrid(GroundGrid Grid, int TileSize)
{
    private IReadOnlyList<GroundTile>? tiles;
    private Dictionary<string, GroundTile>? byName;

    /// <summary>In reading order.</summary>
    public IReadOnlyList<GroundTile> Tiles() => tiles ??= Grid.Tiles(TileSize);

    public GroundTile TileOf(string name) =>
        (byName ??= Tiles().ToDictionary(tile => tile.Name, StringComparer.Ordinal))[name];

    /// <summary>Tiles that share ground with a rectangle, in reading order.</summary>
    public IEnumerable<GroundTile> Touching(double west, double south, double east, double north) => Tiles()
        .Where(tile => tile.West < east && tile.East > west && tile.South < north && tile.North > south);

    internal ContentKey Key() => InputKey.Of(
        "grid", FormattableString.Invariant($"{Grid.West:R} {Grid.North:R} {Grid.Resolution:R} {Grid.Width} {Grid.Height} {TileSize}"));
}
