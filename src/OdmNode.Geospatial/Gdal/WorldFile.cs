using System.Globalization;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Gdal;

/// <summary>The six lines of a world file (.tfw, .wld, .pgw): cell size, rotation, centre of the top-left cell.</summary>
public static class WorldFile
{
    public static string Text(GroundGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ReadOnlySpan<double> values = [grid.Resolution, 0, 0, -grid.Resolution, grid.EastingOf(0), grid.NorthingOf(0)];
        var text = new System.Text.StringBuilder();
        foreach (double value in values)
        {
            text.Append(value.ToString("F10", CultureInfo.InvariantCulture)).Append('\n');
        }

        return text.ToString();
    }
}
