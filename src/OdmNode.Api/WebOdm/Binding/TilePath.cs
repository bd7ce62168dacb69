using System.Globalization;
using System.Text.RegularExpressions;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.Api.WebOdm.Binding;

/// <summary>The end of the address of a tile: <c>{z}/{x}/{y}[@2x][.png|.jpg|.webp]</c>.</summary>
/// <param name="Zoom">From 0.</param>
/// <param name="Column">From the antimeridian eastward.</param>
/// <param name="Row">As it stands there, from the south or from the north.</param>
/// <param name="IsDense">True for twice as many pixels.</param>
/// <param name="Format">Null where the server may choose.</param>
internal sealed partial record TilePath(int Zoom, int Column, int Row, bool IsDense, TileFormat? Format)
{
    /// <returns>Null for what is no tile of the world.</returns>
    public static TilePath? Read(string zoom, string column, string row)
    {
        var last = LastPattern().Match(row);
        return last.Success && Number(zoom, TileRaster.Deepest + 1) is { } z && Number(column, int.MaxValue) is { } x && Number(last.Groups["row"].Value, int.MaxValue) is { } y
            ? new TilePath(z, x, y, last.Groups["dense"].Success, FormatOf(last.Groups["format"].Value))
            : null;
    }

    /// <summary>True for a tile of the world's map.</summary>
    public static bool Exists(int zoom, int column, int row) => zoom is >= 0 and <= TileRaster.Deepest && column < 1L << zoom && row < 1L << zoom;

    private static TileFormat? FormatOf(string extension) => extension switch
    {
        ".png" => TileFormat.Png,
        ".jpg" => TileFormat.Jpeg,
        ".webp" => TileFormat.Webp,
        _ => null,
    };

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    [GeneratedRegex(@"^(?<row>[0-9]+)(?<dense>@2x)?(?<format>\.(?:png|jpg|webp))?\z")]
    private static partial Regex LastPattern();
}
