using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>A picture of the ground, north up.</summary>
/// <param name="Image">Owned.</param>
/// <param name="MetresPerPixel">Null where lengths have no scale.</param>
internal sealed record MapImage(SKImage Image, double? MetresPerPixel) : IDisposable
{
    public void Dispose() => Image.Dispose();
}
