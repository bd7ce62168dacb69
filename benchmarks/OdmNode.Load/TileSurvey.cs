using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.Load;

/// <summary>An orthophoto as large and as hard to compress as that of a survey of some hundred photos, written as the engine writes it.</summary>
internal static class TileSurvey
{
    private const int Epsg = 32615;
    private const int Side = 12_288;
    private const int NoiseBits = 0x1F;

    /// <summary>5 cm on the ground, 614 m a side; the corners are transparent.</summary>
    public static GroundGrid Grid { get; } = new(576600, 5188200, 0.05, Side, Side);

    public static void Write(string path, CancellationToken cancellationToken)
    {
        using var writer = GeoTiffWriter.CreateRgba(path, Grid, new GeoTiffOptions { EpsgCode = Epsg, Threads = Environment.ProcessorCount });
        foreach (var tile in Grid.Tiles(GeoTiffWriter.BlockSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var random = new Random((tile.Y * Side) + tile.X);
            var pixels = new byte[4 * tile.Width * tile.Height];
            for (var i = 0; i < tile.Width * tile.Height; i++)
            {
                Paint(tile.X + (i % tile.Width), tile.Y + (i / tile.Width), random.Next(), pixels.AsSpan(4 * i, 4));
            }

            writer.Write(new RgbaTile(tile, pixels));
        }

        writer.Complete(cancellationToken);
    }

    private static void Paint(int x, int y, int noise, Span<byte> pixel)
    {
        const double radius = Side / 1.9;
        if (Math.Pow(x - (Side / 2), 2) + Math.Pow(y - (Side / 2), 2) < radius * radius)
        {
            pixel[0] = (byte)(110 + (60 * Math.Sin(x / 90.0)) + (noise & NoiseBits));
            pixel[1] = (byte)(110 + (60 * Math.Sin(y / 130.0)) + ((noise >> 8) & NoiseBits));
            pixel[2] = (byte)(80 + (40 * Math.Sin((x + y) / 170.0)) + ((noise >> 16) & NoiseBits));
            pixel[3] = byte.MaxValue;
        }
    }
}
