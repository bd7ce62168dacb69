namespace OdmNode.ConformanceTests.WebOdm.Maps;

/// <summary>The arithmetic of web maps as their clients do it, from the formulas of the OpenStreetMap wiki.</summary>
internal static class SlippyMap
{
    /// <summary>Column and row from the north with fractions, at a zoom.</summary>
    public static (double X, double Y) At(double longitude, double latitude, int zoom)
    {
        var tiles = Math.Pow(2, zoom);
        var phi = latitude * Math.PI / 180;
        return ((longitude + 180) / 360 * tiles, (1 - (Math.Log(Math.Tan(phi) + (1 / Math.Cos(phi))) / Math.PI)) / 2 * tiles);
    }

    /// <summary>The tile that holds a point, rows from the north, and the pixel of 256 in it.</summary>
    public static (int X, int Y, int Column, int Row) PixelAt((double Longitude, double Latitude) place, int zoom, int size = 256)
    {
        var (x, y) = At(place.Longitude, place.Latitude, zoom);
        return ((int)x, (int)y, (int)((x - Math.Floor(x)) * size), (int)((y - Math.Floor(y)) * size));
    }

    public static int South(int zoom, int row) => (1 << zoom) - 1 - row;
}
