using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using OdmNode.EndToEndTests.Support;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;

namespace OdmNode.EndToEndTests;

[Collection(EndToEndCollection.Name)]
public sealed class CloudFilesTests(SurveyFixture surveys)
{
    private const double FarMetres = 200;

    [Fact]
    public async Task Every_file_of_points_holds_what_lies_inside_the_boundary()
    {
        MapFrame map = surveys.Tiny.MapFrame;
        Vector3D middle = map.MapFromWorld(Vector3D.Zero);
        FinishedRun run = await surveys.RunAsync(
            "bounded", surveys.TinyImages, "--boundary", WestOf(middle, map.Zone), "--pc-ept", "--pc-copc", "--skip-3dmodel", "--end-with", "odm_georeferencing");
        Assert.True(run.ExitCode == 0, run.Console);
        byte[] laz = File.ReadAllBytes(run.PathOf("odm_georeferencing/odm_georeferenced_model.laz"));
        int count = BinaryPrimitives.ReadInt32LittleEndian(laz.AsSpan(107));
        Assert.True(count > 1000, $"only {count} points");

        // The eastern edge of the box reaches the boundary, which is straight between its corners to a millimetre or so, not beyond.
        Assert.InRange(middle.X - BinaryPrimitives.ReadDoubleLittleEndian(laz.AsSpan(179)), -0.005, 1);
        byte[] copc = File.ReadAllBytes(run.PathOf("odm_georeferencing/odm_georeferenced_model.copc.laz"));
        Assert.Equal(count, BinaryPrimitives.ReadInt64LittleEndian(copc.AsSpan(247)));
        JsonElement summary = run.Json("odm_georeferencing/odm_georeferenced_model.summary.json").GetProperty("summary");
        Assert.Equal(count, summary.GetProperty("num_points").GetInt32());
        Assert.Equal(count, run.Json("entwine_pointcloud/ept.json").GetProperty("points").GetInt32());
        Assert.Equal(
            count,
            Directory.GetFiles(run.PathOf("entwine_pointcloud/ept-data")).Sum(file => BinaryPrimitives.ReadInt32LittleEndian(File.ReadAllBytes(file).AsSpan(107))));
    }

    /// <summary>A rectangle whose eastern side runs through a point, as GeoJSON in degrees.</summary>
    private static string WestOf(Vector3D point, UtmZone zone)
    {
        (double East, double North)[] corners = [(0, -FarMetres), (0, FarMetres), (-FarMetres, FarMetres), (-FarMetres, -FarMetres), (0, -FarMetres)];
        IEnumerable<string> degrees = corners
            .Select(corner => zone.ToGeodetic(new Vector3D(point.X + corner.East, point.Y + corner.North, 0)))
            .Select(position => string.Create(CultureInfo.InvariantCulture, $"[{position.LongitudeDegrees:R},{position.LatitudeDegrees:R}]"));
        return $$"""{"type":"Polygon","coordinates":[[{{string.Join(',', degrees)}}]]}""";
    }
}
