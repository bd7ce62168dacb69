using OdmNode.Engine.Report.Layout;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>A picture of the ground with scale and north.</summary>
internal sealed class MapFigure(MapImage map, float mostHeight) : IBlock
{
    public float HeightOf(Typesetter type, float width) => MapDrawing.HeightOf(width, map.Image.Width, map.Image.Height, mostHeight);

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        SKRect rectangle = MapDrawing.Fit(area, map.Image.Width, map.Image.Height);
        canvas.DrawImage(map.Image, rectangle, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        MapDrawing.DrawFrame(canvas, rectangle);
        if (map.MetresPerPixel is { } metres)
        {
            MapDrawing.DrawScaleBar(canvas, type, rectangle, metres * map.Image.Width / rectangle.Width);
            MapDrawing.DrawNorth(canvas, type, rectangle);
        }
    }
}
