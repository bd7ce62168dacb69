using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Dense.Texturing;

/// <summary>Paints one atlas, photo by photo, so that each photo is asked for once.</summary>
public static class AtlasPainter
{
    /// <param name="plan">Charts and their places.</param>
    /// <param name="atlas">Index of the atlas.</param>
    /// <param name="views">All placed photos.</param>
    /// <param name="photoOf">Decodes the photo of a view, given its index and a level of its <see cref="PhotoPyramid"/>; called from several threads.</param>
    /// <param name="options">As the plan was made with.</param>
    /// <param name="parallelism">Cores to use; the picture is the same with any number.</param>
    /// <param name="cancellationToken">Asked at each face.</param>
    public static ImageBuffer Paint(
        TexturePlan plan,
        int atlas,
        IReadOnlyList<TextureView> views,
        Func<int, int, ImageBuffer> photoOf,
        TexturingOptions options,
        int parallelism,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(photoOf);
        (int width, int height) = plan.Layout.Atlases[atlas];
        var picture = new ImageBuffer(width, height, 3);
        ILookup<int, int> chartsOfView = Enumerable.Range(0, plan.Charts.Count)
            .Where(chart => plan.Layout.Places[chart].Atlas == atlas)
            .ToLookup(chart => plan.Charts[chart].View);
        foreach (int chart in chartsOfView[TextureChart.NoView])
        {
            Copy(ChartPainter.PaintUnseen(plan, chart), picture, plan.Layout.Places[chart]);
        }

        var settings = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        int[] used = [.. chartsOfView.Select(group => group.Key).Where(view => view != TextureChart.NoView).Order()];
        Parallel.ForEach(used, settings, view =>
        {
            int level = ChartPainter.LevelOf(plan, views[view]);
            ImageBuffer photo = photoOf(view, level);
            foreach (int chart in chartsOfView[view])
            {
                Copy(
                    ChartPainter.Paint(plan, chart, views[view], photo, level, options, cancellationToken),
                    picture,
                    plan.Layout.Places[chart]);
            }
        });
        return picture;
    }

    private static void Copy(ImageBuffer chart, ImageBuffer atlas, ChartPlace place)
    {
        for (int row = 0; row < chart.Height; row++)
        {
            chart.Row(row).CopyTo(atlas.Row(place.Y + row).Slice(3 * place.X, 3 * chart.Width));
        }
    }
}
