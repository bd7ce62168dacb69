using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Gdal;
using OdmNode.Testing.Products;

namespace OdmNode.UnitTests.Geospatial.Gdal;

/// <summary>The KMZ file, followed link by link as Google Earth does.</summary>
public sealed class SuperOverlayTests : IDisposable
{
    private static readonly XNamespace Kml = "http://www.opengis.net/kml/2.2";
    private readonly ScratchFolder folder = new();
    private readonly ZipArchive archive;

    public SuperOverlayTests()
    {
        OrthoSample.Write(folder["ortho.tif"], new GeoTiffOptions());
        PictureWriter.WriteKmz(folder["ortho.tif"], folder["ortho.kmz"], "Orthophoto", CancellationToken.None);
        archive = ZipFile.OpenRead(folder["ortho.kmz"]);
    }

    [Fact]
    public void Every_link_leads_to_a_file_and_every_file_is_linked()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Follow("doc.kml", reached);
        Assert.Equal(archive.Entries.Where(entry => entry.Name.Length > 0).Select(entry => entry.FullName).Order(), reached.Order());
        Assert.True(reached.Count(name => name.EndsWith(".kml", StringComparison.Ordinal)) > 20, "there is no pyramid");
        Assert.Contains(reached, name => name.EndsWith(".jpg", StringComparison.Ordinal));
        Assert.Contains(reached, name => name.EndsWith(".png", StringComparison.Ordinal));
    }

    [Fact]
    public void It_covers_the_orthophoto_and_carries_its_name()
    {
        XElement document = Document("doc.kml");
        Assert.Equal("Orthophoto", document.Descendants(Kml + "name").First().Value);
        XElement box = document.Descendants(Kml + "LatLonAltBox").First();
        var zone = new UtmZone(15, true);
        GeodeticPosition southWest = zone.ToGeodetic(new Vector3D(OrthoSample.Grid.West, OrthoSample.Grid.South, 0));
        GeodeticPosition northEast = zone.ToGeodetic(new Vector3D(OrthoSample.Grid.East, OrthoSample.Grid.North, 0));
        // The grid leans a little against the meridian: the box around it is larger by up to its lean times its side.
        const double lean = 1.5e-4;
        Assert.InRange(Number(box, "south"), southWest.LatitudeDegrees - lean, southWest.LatitudeDegrees + lean);
        Assert.InRange(Number(box, "west"), southWest.LongitudeDegrees - lean, southWest.LongitudeDegrees + lean);
        Assert.InRange(Number(box, "north"), northEast.LatitudeDegrees - lean, northEast.LatitudeDegrees + lean);
        Assert.InRange(Number(box, "east"), northEast.LongitudeDegrees - lean, northEast.LongitudeDegrees + lean);
    }

    [Fact]
    public void It_is_the_same_file_whenever_it_is_written()
    {
        PictureWriter.WriteKmz(folder["ortho.tif"], folder["again.kmz"], "Orthophoto", CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(folder["ortho.kmz"]), File.ReadAllBytes(folder["again.kmz"]));
    }

    [Fact]
    public void Gdal_reads_the_colours_back_in_their_place()
    {
        // The whole pyramid as one raster, sampled in the middle of the orthophoto's own cells.
        ExternalTool.Run(
            "gdalwarp", "-q", "-t_srs", "EPSG:32615", "-tr", "0.25", "0.25", "-r", "bilinear", "-te", "576749", "5188000", "576849", "5188060",
            folder["ortho.kmz"], folder["back.tif"]);
        RasterFile green = RasterFile.Read(folder["back.tif"], 2);
        double sum = 0;
        for (int i = 0; i < green.Values.Length; i++)
        {
            (double east, double north) = green.Locate(i % green.Width, i / green.Width);
            int x = (int)((east - OrthoSample.Grid.West) / OrthoSample.Grid.Resolution);
            int y = (int)((OrthoSample.Grid.North - north) / OrthoSample.Grid.Resolution);
            sum += Math.Abs(green.Values[i] - OrthoSample.ColorAt(x, y)[1]);
        }

        // A cell of displacement would be 5 on average.
        Assert.True(sum / green.Values.Length < 4, $"mean difference {sum / green.Values.Length:F2}");
    }

    public void Dispose()
    {
        archive.Dispose();
        folder.Dispose();
    }

    private static double Number(XElement box, string name) => double.Parse(box.Element(Kml + name)!.Value, CultureInfo.InvariantCulture);

    private void Follow(string file, HashSet<string> reached)
    {
        Assert.True(reached.Add(file), $"{file} is linked twice");
        if (!file.EndsWith(".kml", StringComparison.Ordinal))
        {
            return;
        }

        foreach (string link in Document(file).Descendants(Kml + "href").Select(element => element.Value))
        {
            Follow(Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(file)!, link))), reached);
        }
    }

    private XElement Document(string file)
    {
        ZipArchiveEntry? entry = archive.GetEntry(file);
        Assert.True(entry is not null, $"{file} is not there");
        using Stream stream = entry.Open();
        return XDocument.Load(stream).Root!;
    }
}
