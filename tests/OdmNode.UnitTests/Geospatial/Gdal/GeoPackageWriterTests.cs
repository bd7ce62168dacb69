using System.Diagnostics;
using System.Text.Json;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;

namespace OdmNode.UnitTests.Geospatial.Gdal;

public class GeoPackageWriterTests
{
    private static readonly CropPolygon Polygon = new([new(447500.25, 5211000), new(447600, 5211010), new(447550, 5211100)]);

    /// <summary>The oracle is GDAL's ogr2ogr, another program that reads the file from its bytes.</summary>
    [Fact]
    public void The_polygon_and_its_coordinate_system_are_read_back()
    {
        using var folder = new ScratchFolder();
        GeoPackageWriter.Write(Polygon, "bounds", 32632, folder["bounds.gpkg"]);
        using Process process = Process.Start(new ProcessStartInfo("ogr2ogr", ["-f", "GeoJSON", "/vsistdout/", folder["bounds.gpkg"], "bounds"])
        {
            RedirectStandardOutput = true,
        })!;
        JsonElement json = JsonDocument.Parse(process.StandardOutput.ReadToEnd()).RootElement;
        process.WaitForExit();
        Assert.EndsWith("EPSG::32632", json.GetProperty("crs").GetProperty("properties").GetProperty("name").GetString(), StringComparison.Ordinal);
        JsonElement geometry = json.GetProperty("features")[0].GetProperty("geometry");
        Assert.Equal("Polygon", geometry.GetProperty("type").GetString());
        double[][] ring = [.. geometry.GetProperty("coordinates")[0].EnumerateArray().Select(c => c.EnumerateArray().Select(n => n.GetDouble()).ToArray())];
        Assert.Equal(new double[][] { [447500.25, 5211000], [447600, 5211010], [447550, 5211100], [447500.25, 5211000] }, ring);
    }

    [Fact]
    public void The_bytes_are_the_same_each_time()
    {
        using var folder = new ScratchFolder();
        GeoPackageWriter.Write(Polygon, "bounds", 32632, folder["a.gpkg"]);
        GeoPackageWriter.Write(Polygon, "bounds", 32632, folder["b.gpkg"]);
        Assert.Equal(File.ReadAllBytes(folder["a.gpkg"]), File.ReadAllBytes(folder["b.gpkg"]));
    }
}
