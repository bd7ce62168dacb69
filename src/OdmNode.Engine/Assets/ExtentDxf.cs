using System.Globalization;
using System.Text;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Assets;

/// <summary>The rectangle of a raster as a closed polyline in AutoCAD's exchange format (R12).</summary>
internal static class ExtentDxf
{
    public static string Text(GroundGrid grid)
    {
        var text = new StringBuilder("0\nSECTION\n2\nENTITIES\n0\nPOLYLINE\n8\n0\n66\n1\n70\n1\n");
        foreach ((double x, double y) in ((double, double)[])[(grid.West, grid.North), (grid.East, grid.North), (grid.East, grid.South), (grid.West, grid.South)])
        {
            text.Append(CultureInfo.InvariantCulture, $"0\nVERTEX\n8\n0\n10\n{x:F3}\n20\n{y:F3}\n30\n0.0\n");
        }

        return text.Append("0\nSEQEND\n0\nENDSEC\n0\nEOF\n").ToString();
    }
}
