using OdmNode.WebOdm.Tiles;
using SkiaSharp;

namespace OdmNode.Hosting.Tiles;

/// <summary>Encodes rendered tiles.</summary>
internal static class TileEncoder
{
    private const int JpegQuality = 85;
    private const int WebpQuality = 80;

    /// <summary>Tiles are made while somebody waits: a little larger, several times faster than the best compression.</summary>
    private const int PngLevel = 3;

    /// <param name="pixels">Red, green, blue, alpha, not premultiplied; may be overwritten.</param>
    /// <param name="request">What is wanted.</param>
    public static TileImage Encode(Span<byte> pixels, TileRequest request)
    {
        var isOpaque = IsOpaque(pixels);
        var format = request.Format ?? (isOpaque ? TileFormat.Jpeg : request.TakesWebp ? TileFormat.Webp : TileFormat.Png);
        if (format == TileFormat.Jpeg && !isOpaque)
        {
            PutOnWhite(pixels);
            isOpaque = true;
        }

        var info = new SKImageInfo(request.Size, request.Size, SKColorType.Rgba8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        using var image = SKImage.FromPixelCopy(info, pixels, info.RowBytes);
        using var pixmap = image.PeekPixels();
        using var data = Encode(pixmap, format) ?? throw new InvalidOperationException($"A tile cannot be encoded as {format}.");
        return new TileImage(data.ToArray(), format);
    }

    private static SKData? Encode(SKPixmap pixmap, TileFormat format) => format switch
    {
        TileFormat.Png => pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub | SKPngEncoderFilterFlags.Up, PngLevel)),
        TileFormat.Jpeg => pixmap.Encode(new SKJpegEncoderOptions(JpegQuality)),
        _ => pixmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, WebpQuality)),
    };

    private static bool IsOpaque(ReadOnlySpan<byte> pixels)
    {
        for (var i = 3; i < pixels.Length; i += 4)
        {
            if (pixels[i] != byte.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    private static void PutOnWhite(Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 4)
        {
            int alpha = pixels[i + 3];
            for (var channel = i; channel < i + 3; channel++)
            {
                pixels[channel] = (byte)(((pixels[channel] * alpha) + (byte.MaxValue * (byte.MaxValue - alpha)) + (byte.MaxValue / 2)) / byte.MaxValue);
            }

            pixels[i + 3] = byte.MaxValue;
        }
    }
}
