using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Gdal;

/// <summary>A small orthophoto of smooth colours with a hole and a transparent corner.</summary>
internal static class OrthoSample
{
    public const int Epsg = 32615;

    public static readonly GroundGrid Grid = new(576649, 5188215, 0.25, 1300, 1100);

    public static void Write(string path, GeoTiffOptions options) => Write(path, options with { EpsgCode = Epsg }, Grid);

    /// <summary>The same cells in another place.</summary>
    public static void Write(string path, GeoTiffOptions options, GroundGrid grid)
    {
        using var writer = GeoTiffWriter.CreateRgba(path, grid, options);
        foreach (GroundTile tile in grid.Tiles(512))
        {
            byte[] pixels = new byte[4 * tile.Width * tile.Height];
            for (int i = 0; i < tile.Width * tile.Height; i++)
            {
                ColorAt(tile.X + (i % tile.Width), tile.Y + (i / tile.Width)).CopyTo(pixels, 4 * i);
            }

            writer.Write(new RgbaTile(tile, pixels));
        }

        writer.Complete(CancellationToken.None);
    }

    public static byte[] ColorAt(int x, int y) => IsKnown(x, y)
        ? [Wave(x, 90), Wave(y, 70), Wave(x + y, 150), byte.MaxValue]
        : [0, 0, 0, 0];

    public static bool IsKnown(int x, int y)
    {
        bool isInHole = Math.Pow(x - 700, 2) + Math.Pow(y - 400, 2) < 100 * 100;
        return x + (2 * y) > 400 && !isInHole;
    }

    private static byte Wave(double at, double length) => (byte)Math.Round(128 + (90 * Math.Sin(2 * Math.PI * at / length)));
}
