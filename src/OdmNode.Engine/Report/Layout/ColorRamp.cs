using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Colours at equal distances, and those between.</summary>
/// <param name="Stops">At least two.</param>
internal sealed record ColorRamp(IReadOnlyList<SKColor> Stops)
{
    /// <param name="value">0 to 1; beyond, the end.</param>
    public SKColor At(double value)
    {
        double place = Math.Clamp(double.IsNaN(value) ? 0 : value, 0, 1) * (Stops.Count - 1);
        int below = Math.Min(Stops.Count - 2, (int)place);
        double share = place - below;
        (SKColor a, SKColor b) = (Stops[below], Stops[below + 1]);
        return new SKColor(Mix(a.Red, b.Red, share), Mix(a.Green, b.Green, share), Mix(a.Blue, b.Blue, share));
    }

    private static byte Mix(byte a, byte b, double share) => (byte)Math.Round(a + (share * (b - a)));
}
