namespace OdmNode.Dense.Texturing;

/// <summary>The charts' places on the atlases.</summary>
public sealed class AtlasLayout
{
    private const double Shrink = 0.97;

    private AtlasLayout(double scale, ChartPlace[] places, IReadOnlyList<(int Width, int Height)> atlases)
    {
        Scale = scale;
        Places = places;
        Atlases = atlases;
    }

    /// <summary>Texels for each pixel of a photo along a side, at most 1.</summary>
    public double Scale { get; }

    /// <summary>One for each chart.</summary>
    public IReadOnlyList<ChartPlace> Places { get; }

    public IReadOnlyList<(int Width, int Height)> Atlases { get; }

    /// <summary>Shelves of falling height; the density falls until everything fits, as far as paddings let it.</summary>
    public static AtlasLayout Of(IReadOnlyList<TextureChart> charts, TexturingOptions options)
    {
        ArgumentNullException.ThrowIfNull(charts);
        ArgumentNullException.ThrowIfNull(options);
        double texels = charts.Sum(chart => (double)chart.Width * chart.Height);
        double longest = charts.Select(chart => (double)Math.Max(chart.Width, chart.Height)).DefaultIfEmpty(1).Max();

        // Paddings do not shrink with the density; with very many charts they may be most of it.
        long paddings = charts.Count * (1L + (2 * options.Padding)) * (1L + (2 * options.Padding));
        long most = Math.Max(options.MostTexels, 2 * paddings);
        int side = options.AtlasSide;
        while (options.SingleAtlas && (long)side * side < 2 * paddings)
        {
            side *= 2;
        }

        double room = side - (2 * options.Padding) - 2;
        double scale = Math.Min(1, Math.Min(Math.Sqrt(options.MostTexels / Math.Max(1, texels)), room / longest));
        int[] order = [.. Enumerable.Range(0, charts.Count)
            .OrderByDescending(i => charts[i].Height).ThenByDescending(i => charts[i].Width).ThenBy(i => i)];
        while (true)
        {
            AtlasLayout layout = Pack(charts, order, side, scale, options.Padding);
            if (layout.Atlases.Sum(atlas => (long)atlas.Width * atlas.Height) <= most && (!options.SingleAtlas || layout.Atlases.Count <= 1))
            {
                return layout;
            }

            scale *= Shrink;
        }
    }

    private static AtlasLayout Pack(IReadOnlyList<TextureChart> charts, int[] order, int side, double scale, int padding)
    {
        var places = new ChartPlace[charts.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = new ChartPlace(0, 0, 0, SideOf(charts[i].Width), SideOf(charts[i].Height));
        }

        var atlases = new List<(int Width, int Height)>();
        (int x, int y, int shelf) = (0, 0, 0);
        foreach (int i in order)
        {
            ChartPlace place = places[i];
            if (x + place.Width > side)
            {
                (x, y, shelf) = (0, y + shelf, 0);
            }

            if (atlases.Count == 0 || y + place.Height > side)
            {
                atlases.Add((0, 0));
                (x, y, shelf) = (0, 0, 0);
            }

            places[i] = place with { Atlas = atlases.Count - 1, X = x, Y = y };
            x += place.Width;
            shelf = Math.Max(shelf, place.Height);
            (int width, int height) = atlases[^1];
            atlases[^1] = (Math.Max(width, x), Math.Max(height, y + shelf));
        }

        return new AtlasLayout(scale, places, atlases);

        int SideOf(float pixels) => (int)Math.Ceiling(pixels * scale) + 1 + (2 * padding);
    }
}
