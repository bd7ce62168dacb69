using System.Runtime.InteropServices;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>Heights of the cells of one ground tile.</summary>
public sealed class ElevationTile
{
    /// <param name="tile">The cells.</param>
    /// <param name="heights">height × width metres, rows from the north; NaN where nothing is known.</param>
    /// <param name="origins">height × width <see cref="CellOrigin"/> values.</param>
    public ElevationTile(GroundTile tile, float[] heights, CellOrigin[] origins)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(heights);
        ArgumentNullException.ThrowIfNull(origins);
        int cells = tile.Width * tile.Height;
        if (heights.Length != cells || origins.Length != cells)
        {
            throw new ArgumentException($"A tile of {tile.Width} × {tile.Height} cells needs {cells} heights and origins.");
        }

        Tile = tile;
        Heights = heights;
        Origins = origins;
    }

    public GroundTile Tile { get; }

    public float[] Heights { get; }

    public CellOrigin[] Origins { get; }

    /// <summary>The heights and origins, little endian, without the tile, which the reader knows.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(MemoryMarshal.AsBytes<int>([Tile.X, Tile.Y, Tile.Width, Tile.Height]));
        stream.Write(MemoryMarshal.AsBytes<float>(Heights));
        stream.Write(MemoryMarshal.AsBytes<CellOrigin>(Origins));
    }

    /// <summary>Reads what <see cref="Write"/> wrote for the same tile.</summary>
    /// <exception cref="InvalidDataException">The data is of another tile or damaged.</exception>
    public static ElevationTile Read(Stream stream, GroundTile tile)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tile);
        int[] place = new int[4];
        stream.ReadExactly(MemoryMarshal.AsBytes(place.AsSpan()));
        if (!place.AsSpan().SequenceEqual([tile.X, tile.Y, tile.Width, tile.Height]))
        {
            throw new InvalidDataException($"The elevation data is not of {tile.Name}.");
        }

        float[] heights = new float[tile.Width * tile.Height];
        CellOrigin[] origins = new CellOrigin[heights.Length];
        stream.ReadExactly(MemoryMarshal.AsBytes(heights.AsSpan()));
        stream.ReadExactly(MemoryMarshal.AsBytes(origins.AsSpan()));
        foreach (CellOrigin origin in origins)
        {
            if (origin > CellOrigin.Filled)
            {
                throw new InvalidDataException($"The elevation data of {tile.Name} is damaged.");
            }
        }

        return new ElevationTile(tile, heights, origins);
    }
}
