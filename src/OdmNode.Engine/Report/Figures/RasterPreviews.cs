using OdmNode.Engine.Report.Layout;
using OdmNode.Geospatial.Gdal;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>Small pictures of large rasters, read from their overviews.</summary>
internal static class RasterPreviews
{
    private const int LongestSide = 1200;
    private const int JpegQuality = 88;
    private const double ClippedShare = 0.01;

    /// <summary>Colours on white.</summary>
    /// <param name="path">Colours, 8 bits, with alpha or a mask.</param>
    public static MapImage OfOrthophoto(string path)
    {
        using RasterReader raster = RasterReader.OpenRgba(path);
        (int width, int height) = SizeOf(raster);
        byte[] pixels = raster.ReadReducedBytes(width, height);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> target = bitmap.GetPixelSpan();
        for (int i = 0; i < width * height; i++)
        {
            bool known = pixels[(4 * i) + 3] != 0;
            for (int channel = 0; channel < 3; channel++)
            {
                target[(4 * i) + channel] = known ? pixels[(4 * i) + channel] : byte.MaxValue;
            }

            target[(4 * i) + 3] = byte.MaxValue;
        }

        // As JPEG the PDF takes the picture over as it is: a tenth of the size.
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return new MapImage(SKImage.FromEncodedData(data), MetresOf(raster, width));
    }

    /// <summary>Heights as colours, lit from the north-west.</summary>
    /// <param name="path">Heights, 32 bits.</param>
    /// <returns>Null for a raster without a height.</returns>
    public static ReliefImage? OfElevation(string path)
    {
        using RasterReader raster = RasterReader.Open(path);
        (int width, int height) = SizeOf(raster);
        float[] heights = raster.ReadReducedFloats(width, height);
        if (raster.NoData is { } noData)
        {
            heights.AsSpan().Replace((float)noData, float.NaN);
        }

        float[] sorted = Array.FindAll(heights, float.IsFinite);
        Array.Sort(sorted);
        if (sorted.Length == 0)
        {
            return null;
        }

        int clipped = (int)(ClippedShare * sorted.Length);
        (double lowest, double highest) = (sorted[clipped], sorted[^(clipped + 1)]);
        double metres = MetresOf(raster, width) ?? 1;
        var shade = new Hillshade(heights, width, height, metres);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> target = bitmap.GetPixelSpan();
        for (int i = 0; i < heights.Length; i++)
        {
            SKColor color = float.IsFinite(heights[i])
                ? shade.Lit(Palette.Relief.At((heights[i] - lowest) / Math.Max(1e-6, highest - lowest)), i % width, i / width)
                : Palette.Paper;
            (target[4 * i], target[(4 * i) + 1], target[(4 * i) + 2], target[(4 * i) + 3]) = (color.Red, color.Green, color.Blue, byte.MaxValue);
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return new ReliefImage(new MapImage(SKImage.FromEncodedData(data), MetresOf(raster, width)), lowest, highest);
    }

    private static (int Width, int Height) SizeOf(RasterReader raster)
    {
        double scale = Math.Min(1, (double)LongestSide / Math.Max(raster.Width, raster.Height));
        return (Math.Max(1, (int)Math.Round(scale * raster.Width)), Math.Max(1, (int)Math.Round(scale * raster.Height)));
    }

    private static double? MetresOf(RasterReader raster, int width) =>
        raster.GeoTransform is { } transform ? transform[1] * raster.Width / width : null;
}
