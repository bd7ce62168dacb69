using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Draws one block as a picture of its own.</summary>
internal static class BlockPng
{
    private const float Margin = 12;
    private const int CompressionLevel = 4;

    /// <param name="block">What to draw.</param>
    /// <param name="type">Draws letters.</param>
    /// <param name="width">Of the block, points.</param>
    /// <param name="pixelsPerPoint">Scale of the picture.</param>
    /// <param name="path">File to write.</param>
    public static void Write(IBlock block, Typesetter type, float width, float pixelsPerPoint, string path)
    {
        float height = block.HeightOf(type, width);
        var info = new SKImageInfo(
            (int)Math.Ceiling(pixelsPerPoint * (width + (2 * Margin))), (int)Math.Ceiling(pixelsPerPoint * (height + (2 * Margin))));
        using SKSurface surface = SKSurface.Create(info);
        surface.Canvas.Clear(Palette.Paper);
        surface.Canvas.Scale(pixelsPerPoint);
        block.Draw(surface.Canvas, type, SKRect.Create(Margin, Margin, width, height));
        using SKPixmap? pixels = surface.PeekPixels();
        using SKData data = pixels?.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, CompressionLevel))
            ?? throw new InvalidOperationException("A surface in memory has pixels.");
        using FileStream file = File.Create(path);
        data.SaveTo(file);
    }
}
