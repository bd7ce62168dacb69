using System.Runtime.InteropServices;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Colours of the cells of one ground tile.</summary>
public sealed class RgbaTile
{
    /// <param name="tile">The cells.</param>
    /// <param name="pixels">height × width × 4 bytes: red, green, blue, alpha; rows from the north.</param>
    public RgbaTile(GroundTile tile, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != 4 * tile.Width * tile.Height)
        {
            throw new ArgumentException($"A tile of {tile.Width} × {tile.Height} cells needs {4 * tile.Width * tile.Height} bytes.", nameof(pixels));
        }

        Tile = tile;
        Pixels = pixels;
    }

    public GroundTile Tile { get; }

    /// <summary>Alpha is 255 where there is a colour, else all four are 0.</summary>
    public byte[] Pixels { get; }

    /// <summary>Number of cells that have a colour.</summary>
    public int CountColored() => (Pixels.Length / sizeof(uint)) - MemoryMarshal.Cast<byte, uint>(Pixels).Count(0u);

    /// <summary>The same tile with nothing outside a mask.</summary>
    /// <param name="inside">height × width values, as from <see cref="Elevation.CropPolygon.Mask"/>.</param>
    public RgbaTile Masked(ReadOnlySpan<bool> inside)
    {
        byte[] pixels = (byte[])Pixels.Clone();
        Span<uint> cells = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = inside[i] ? cells[i] : 0;
        }

        return new RgbaTile(Tile, pixels);
    }

    /// <summary>The place and the bytes; the reader knows the grid.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(MemoryMarshal.AsBytes<int>([Tile.X, Tile.Y, Tile.Width, Tile.Height]));
        stream.Write(Pixels);
    }

    /// <summary>Reads what <see cref="Write"/> wrote for the same tile.</summary>
    /// <exception cref="InvalidDataException">The data is of another tile.</exception>
    public static RgbaTile Read(Stream stream, GroundTile tile)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tile);
        int[] place = new int[4];
        stream.ReadExactly(MemoryMarshal.AsBytes(place.AsSpan()));
        if (!place.AsSpan().SequenceEqual([tile.X, tile.Y, tile.Width, tile.Height]))
        {
            throw new InvalidDataException($"The orthophoto data is not of {tile.Name}.");
        }

        byte[] pixels = new byte[4 * tile.Width * tile.Height];
        stream.ReadExactly(pixels);
        return new RgbaTile(tile, pixels);
    }
}
