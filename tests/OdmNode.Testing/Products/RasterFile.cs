using System.Runtime.InteropServices;
using System.Text.Json;
using OdmNode.Testing.Files;

namespace OdmNode.Testing.Products;

/// <summary>One band of a raster with its place on the map, read by GDAL's own programs and not by the product.</summary>
/// <remarks>Needs <c>gdalinfo</c> and <c>gdal_translate</c> (Debian's gdal-bin).</remarks>
public sealed class RasterFile
{
    private readonly double[] transform;

    private RasterFile(int width, int height, double[] transform, int? epsg, double? noData, float[] values)
    {
        (Width, Height, Epsg, NoData, Values) = (width, height, epsg, noData, values);
        this.transform = transform;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>EPSG code of the coordinate system; null when the file states none.</summary>
    public int? Epsg { get; }

    /// <summary>The value that stands for nothing known; null when the file states none.</summary>
    public double? NoData { get; }

    /// <summary>height × width values, rows from the north.</summary>
    public float[] Values { get; }

    /// <summary>Edge of a cell, metres.</summary>
    public double Resolution => transform[1];

    /// <param name="path">Any raster that GDAL reads.</param>
    /// <param name="band">From 1.</param>
    public static RasterFile Read(string path, int band)
    {
        using JsonDocument info = JsonDocument.Parse(ExternalTool.Run("gdalinfo", "-json", path));
        JsonElement root = info.RootElement;
        int width = root.GetProperty("size")[0].GetInt32();
        int height = root.GetProperty("size")[1].GetInt32();
        double[] transform = root.TryGetProperty("geoTransform", out JsonElement numbers)
            ? [.. numbers.EnumerateArray().Select(n => n.GetDouble())]
            : [0, 1, 0, 0, 0, -1];
        double? noData = root.GetProperty("bands")[band - 1].TryGetProperty("noDataValue", out JsonElement value)
            && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        using var folder = new TemporaryFolder();
        string raw = folder.PathOf("raster.bin");
        string bandNumber = FormattableString.Invariant($"{band}");
        ExternalTool.Run("gdal_translate", "-q", "-of", "ENVI", "-ot", "Float32", "-b", bandNumber, path, raw);
        return new RasterFile(
            width, height, transform, EpsgOf(root), noData, MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(raw)).ToArray());
    }

    /// <summary>East and north of the centre of a cell.</summary>
    public (double East, double North) Locate(int column, int row) => (
        transform[0] + ((column + 0.5) * transform[1]) + ((row + 0.5) * transform[2]),
        transform[3] + ((column + 0.5) * transform[4]) + ((row + 0.5) * transform[5]));

    /// <summary>The value of a cell; null where nothing is known.</summary>
    public double? ValueAt(int column, int row)
    {
        float value = Values[(row * Width) + column];
        return float.IsNaN(value) || value == NoData ? null : value;
    }

    private static int? EpsgOf(JsonElement root)
    {
        if (!root.TryGetProperty("coordinateSystem", out JsonElement system)
            || !system.TryGetProperty("wkt", out JsonElement wkt) || wkt.GetString() is not { } text)
        {
            return null;
        }

        // The last ID of the WKT is that of the whole system.
        int at = text.LastIndexOf("ID[\"EPSG\",", StringComparison.Ordinal);
        string digits = at < 0 ? "" : new string([.. text[(at + 10)..].TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, out int code) ? code : null;
    }
}
