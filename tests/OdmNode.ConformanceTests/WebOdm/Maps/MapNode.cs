using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.ConformanceTests.WebOdm.Maps;

/// <summary>A daemon with a finished task whose orthophoto is known cell by cell.</summary>
public sealed class MapNode() : WebOdmNode("--test")
{
    private const int Epsg = 32615;

    /// <summary>Cells from a corner to the middle of the mark.</summary>
    private const int MarkColumn = 300;
    private const int MarkRow = 800;
    private const int MarkRadius = 12;
    private const byte Ground = 120;

    private static readonly UtmZone Zone = new(15, true);

    /// <summary>The orthophoto's cells.</summary>
    public static GroundGrid Grid { get; } = new(576649, 5188215, 0.25, 1300, 1100);

    /// <summary>Longitude and latitude of a white disc on grey.</summary>
    public static (double Longitude, double Latitude) Mark => ToDegrees(Grid.EastingOf(MarkColumn), Grid.NorthingOf(MarkRow));

    /// <summary>A place of which the orthophoto knows nothing, 30 m across.</summary>
    public static (double Longitude, double Latitude) Hole => ToDegrees(Grid.EastingOf(900), Grid.NorthingOf(300));

    /// <summary>The task below <c>/api/</c>.</summary>
    public string TaskPath { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        using var client = await WebOdmClient.LogInAsync(Node);
        TaskPath = await FinishedAsync(client, "Field \"north\" ü");
        WriteOrthophoto(RasterOf(TaskPath, "odm_orthophoto/odm_orthophoto.tif"), Grid);
    }

    internal static async Task<string> FinishedAsync(WebOdmClient client, string name)
    {
        var path = await client.TaskAsync(string.Empty, ("name", name));
        await client.WaitForAsync(path, 40);
        return path;
    }

    /// <summary>Where a file of a task's results lies.</summary>
    public string RasterOf(string taskPath, string asset) => Path.Combine(
        Directory.GetDirectories(Path.Combine(Node.Data, "webodm", "tasks", taskPath.TrimEnd('/').Split('/')[^1]), "results-*").Single(), "assets", asset);

    public static (double Longitude, double Latitude) ToDegrees(double easting, double northing)
    {
        var position = Zone.ToGeodetic(new Vector3D(easting, northing, 0));
        return (position.LongitudeDegrees, position.LatitudeDegrees);
    }

    /// <summary>Puts a file of its own there; results of the test mode are names of one file.</summary>
    public static void WriteOrthophoto(string path, GroundGrid grid, byte ground = Ground)
    {
        using var writer = GeoTiffWriter.CreateRgba(path, grid, new GeoTiffOptions { EpsgCode = Epsg, CloudOptimised = true });
        foreach (var tile in grid.Tiles(GeoTiffWriter.BlockSize))
        {
            var pixels = new byte[4 * tile.Width * tile.Height];
            for (var i = 0; i < tile.Width * tile.Height; i++)
            {
                ColorAt(tile.X + (i % tile.Width), tile.Y + (i / tile.Width), ground).CopyTo(pixels, 4 * i);
            }

            writer.Write(new RgbaTile(tile, pixels));
        }

        writer.Complete(CancellationToken.None);
    }

    private static byte[] ColorAt(int column, int row, byte ground)
    {
        if (Math.Abs(column - 900) < 60 && Math.Abs(row - 300) < 60)
        {
            return [0, 0, 0, 0];
        }

        if (Math.Pow(column - MarkColumn, 2) + Math.Pow(row - MarkRow, 2) <= MarkRadius * MarkRadius)
        {
            return [255, 255, 255, 255];
        }

        // Long waves, so that neighbouring pixels are much alike.
        return [(byte)(ground + (60 * Math.Sin(column / 40.0))), (byte)(ground + (60 * Math.Sin(row / 50.0))), ground, 255];
    }
}
