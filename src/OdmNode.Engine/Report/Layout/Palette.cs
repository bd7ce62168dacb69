using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>The report's colours.</summary>
internal static class Palette
{
    public static readonly SKColor Ink = new(0x1F, 0x29, 0x33);
    public static readonly SKColor Faded = new(0x5F, 0x6C, 0x7B);
    public static readonly SKColor Rule = new(0xD5, 0xDD, 0xE5);
    public static readonly SKColor Panel = new(0xF3, 0xF6, 0xF9);
    public static readonly SKColor Accent = new(0x0B, 0x62, 0x8E);
    public static readonly SKColor Warm = new(0xC8, 0x55, 0x1B);
    public static readonly SKColor Paper = SKColors.White;

    /// <summary>Classes of overlap from one photo to five and more: red to blue, told apart with any kind of colour vision.</summary>
    /// <remarks>RdYlBu of C. Brewer's ColorBrewer.</remarks>
    public static IReadOnlyList<SKColor> Overlap { get; } =
    [
        new(0xD7, 0x30, 0x27), new(0xFC, 0x8D, 0x59), new(0xFE, 0xE0, 0x90), new(0x91, 0xBF, 0xDB), new(0x45, 0x75, 0xB4),
    ];

    /// <summary>From small to large magnitudes, ever darker.</summary>
    public static ColorRamp Magnitude { get; } = new(
        [new(0xFF, 0xFB, 0xE6), new(0xFE, 0xD9, 0x8E), new(0xF6, 0x92, 0x3C), new(0xCC, 0x4C, 0x1A), new(0x7A, 0x1F, 0x1A)]);

    /// <summary>From low to high ground.</summary>
    public static ColorRamp Relief { get; } = new(
        [
            new(0x2F, 0x6F, 0x8F), new(0x4F, 0xA0, 0x8A), new(0x9C, 0xC5, 0x83), new(0xE9, 0xDF, 0x9B), new(0xDB, 0xA8, 0x66),
            new(0xB2, 0x6F, 0x4C), new(0xF4, 0xEE, 0xE8),
        ]);
}
