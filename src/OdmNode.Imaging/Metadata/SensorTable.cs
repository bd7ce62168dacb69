using System.Collections.Frozen;

namespace OdmNode.Imaging.Metadata;

/// <summary>Widths of the sensors of cameras that fly often and do not write their 35 mm equivalent.</summary>
internal static class SensorTable
{
    // "make model", lower case; millimetres along the longest side, from the makers' data sheets.
    private static readonly FrozenDictionary<string, double> Widths = new Dictionary<string, double>
    {
        ["dji fc220"] = 6.17,
        ["dji fc300c"] = 6.17,
        ["dji fc300s"] = 6.17,
        ["dji fc300x"] = 6.17,
        ["dji fc330"] = 6.17,
        ["dji fc350"] = 6.17,
        ["dji fc550"] = 17.3,
        ["dji fc6310"] = 13.2,
        ["dji fc6310s"] = 13.2,
        ["dji fc6310r"] = 13.2,
        ["dji fc6510"] = 13.2,
        ["dji fc6520"] = 17.3,
        ["dji fc3411"] = 13.2,
        ["dji zenmusep1"] = 35.9,
        ["hasselblad l1d-20c"] = 13.2,
        ["hasselblad l2d-20c"] = 17.3,
        ["sony dsc-rx100"] = 13.2,
        ["sony ilce-6000"] = 23.5,
        ["sony ilce-7r"] = 35.9,
        ["sony ilce-7rm2"] = 35.9,
        ["canon powershot s100"] = 7.44,
        ["canon powershot s110"] = 7.44,
        ["canon powershot sx260 hs"] = 6.17,
        ["nikon corporation nikon d70"] = 23.7,
        ["gopro hero4 black"] = 6.17,
        ["gopro hero8 black"] = 6.17,
    }.ToFrozenDictionary();

    /// <summary>Millimetres along the longest side; null for cameras that are not listed.</summary>
    public static double? WidthOf(string? make, string? model)
    {
        string key = $"{CameraKey.Words(make, "")} {CameraKey.Words(model, "")}".Trim();
        return Widths.TryGetValue(key, out double width) ? width : null;
    }
}
