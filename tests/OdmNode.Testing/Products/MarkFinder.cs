namespace OdmNode.Testing.Products;

/// <summary>Finds the white disc of a survey mark in an orthophoto.</summary>
public static class MarkFinder
{
    /// <summary>Distance from where the disc should be to its centroid, metres; null where the orthophoto ends.</summary>
    public static double? Find(RasterFile band, double east, double north, double discRadius)
    {
        ArgumentNullException.ThrowIfNull(band);

        // The disc lies on a black plate of twice its radius; the window stays on the plate.
        double reach = 1.7 * discRadius;
        (double west, double top) = band.Locate(0, 0);
        int column = (int)Math.Round((east - west) / band.Resolution);
        int row = (int)Math.Round((top - north) / band.Resolution);
        int cells = (int)(reach / band.Resolution);
        if (column < cells || row < cells || column + cells >= band.Width || row + cells >= band.Height)
        {
            return null;
        }

        double sum = 0;
        double sumEast = 0;
        double sumNorth = 0;
        for (int y = row - cells; y <= row + cells; y++)
        {
            for (int x = column - cells; x <= column + cells; x++)
            {
                if (band.ValueAt(x, y) is not { } value)
                {
                    return null;
                }

                double light = Math.Max(0, value - 110);
                (double cellEast, double cellNorth) = band.Locate(x, y);
                sum += light;
                sumEast += light * cellEast;
                sumNorth += light * cellNorth;
            }
        }

        return sum == 0 ? double.PositiveInfinity : double.Hypot((sumEast / sum) - east, (sumNorth / sum) - north);
    }
}
