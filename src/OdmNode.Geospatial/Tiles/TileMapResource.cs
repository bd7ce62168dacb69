using System.Globalization;
using System.Text;
using System.Xml;

namespace OdmNode.Geospatial.Tiles;

/// <summary>The description of a folder of tiles: <c>tilemapresource.xml</c> of OSGeo's Tile Map Service specification 1.0.0.</summary>
public static class TileMapResource
{
    /// <param name="path">File to write.</param>
    /// <param name="title">What the tiles show.</param>
    /// <param name="bounds">What they cover.</param>
    /// <param name="leastZoom">The first zoom.</param>
    /// <param name="mostZoom">The last zoom.</param>
    public static void Write(string path, string title, MercatorBox bounds, int leastZoom, int mostZoom)
    {
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" };
        using var xml = XmlWriter.Create(path, settings);
        xml.WriteStartElement("TileMap");
        Attributes(xml, ("version", "1.0.0"), ("tilemapservice", "http://tms.osgeo.org/1.0.0"));
        xml.WriteElementString("Title", title);
        xml.WriteElementString("Abstract", "");
        xml.WriteElementString("SRS", "EPSG:3857");
        Empty(
            xml, "BoundingBox", ("minx", Number(bounds.West)), ("miny", Number(bounds.South)), ("maxx", Number(bounds.East)),
            ("maxy", Number(bounds.North)));
        Empty(xml, "Origin", ("x", Number(-TileAddress.HalfWorld)), ("y", Number(-TileAddress.HalfWorld)));
        string pixels = Number(TileAddress.Pixels);
        Empty(xml, "TileFormat", ("width", pixels), ("height", pixels), ("mime-type", "image/png"), ("extension", "png"));
        xml.WriteStartElement("TileSets");
        Attributes(xml, ("profile", "global-mercator"));
        for (int zoom = leastZoom; zoom <= mostZoom; zoom++)
        {
            double unitsPerPixel = new TileAddress(zoom, 0, 0).Side / TileAddress.Pixels;
            Empty(xml, "TileSet", ("href", Number(zoom)), ("units-per-pixel", Number(unitsPerPixel)), ("order", Number(zoom)));
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void Empty(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        Attributes(xml, attributes);
        xml.WriteEndElement();
    }

    private static void Attributes(XmlWriter xml, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            xml.WriteAttributeString(name, value);
        }
    }
}
