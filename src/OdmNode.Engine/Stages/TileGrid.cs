using System.Numerics;
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

    /// <summary>The same along a Hilbert curve: tiles that follow one another lie close together and are seen by the same photos.</summary>
    public IEnumerable<GroundTile> AlongCurve()
    {
        int columns = ((Grid.Width - 1) / TileSize) + 1;
        int rows = ((Grid.Height - 1) / TileSize) + 1;
        uint edge = BitOperations.RoundUpToPowerOf2((uint)Math.Max(columns, rows));
        return Tiles().OrderBy(tile => PlaceOnCurve((uint)tile.TileColumn, (uint)tile.TileRow, edge));
    }

    public GroundTile TileOf(string name) =>
        (byName ??= Tiles().ToDictionary(tile => tile.Name, StringComparer.Ordinal))[name];

    /// <summary>Tiles that share ground with a rectangle, in reading order.</summary>
    public IEnumerable<GroundTile> Touching(double west, double south, double east, double north) => Tiles()
        .Where(tile => tile.West < east && tile.East > west && tile.South < north && tile.North > south);

    internal ContentKey Key() => InputKey.Of(
        "grid", FormattableString.Invariant($"{Grid.West:R} {Grid.North:R} {Grid.Resolution:R} {Grid.Width} {Grid.Height} {TileSize}"));

    /// <summary>How far along its curve a square of cells holds one of them (D. Hilbert, Mathematische Annalen 38 (1891)).</summary>
    /// <param name="x">Column, below <paramref name="edge"/>.</param>
    /// <param name="y">Row, below <paramref name="edge"/>.</param>
    /// <param name="edge">A power of two.</param>
    private static ulong PlaceOnCurve(uint x, uint y, uint edge)
    {
        ulong place = 0;
        for (uint half = edge / 2; half > 0; half /= 2)
        {
            bool isRight = (x & half) != 0;
            bool isLower = (y & half) != 0;
            place += (ulong)half * half * (isRight ? isLower ? 2u : 3u : isLower ? 1u : 0u);
            (x, y) = (x & (half - 1), y & (half - 1));

            // The first quarter is walked mirrored at its diagonal, the last at the other one.
            if (!isLower)
            {
                (x, y) = isRight ? (half - 1 - y, half - 1 - x) : (y, x);
            }
        }

        return place;
    }
}
