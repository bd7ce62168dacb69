using OdmNode.Engine.Assets;
using OdmNode.Engine.Report.Figures;

namespace OdmNode.Engine.Report;

/// <summary>The small pictures of a run's rasters that its report shows. Disposing gives them back.</summary>
internal sealed class ReportPreviews : IDisposable
{
    private readonly SortedDictionary<string, ReliefImage> relief = new(StringComparer.Ordinal);

    /// <summary>Null for a run without an orthophoto.</summary>
    public MapImage? Orthophoto { get; private set; }

    /// <summary>By the keys of <see cref="Statistics.RunStatistics.Elevation"/>.</summary>
    public IReadOnlyDictionary<string, ReliefImage> Relief => relief;

    /// <param name="projectFolder">The project's folder.</param>
    /// <param name="rasters">What the run delivered, relative to it.</param>
    /// <param name="cancellationToken">Asked before each raster.</param>
    public void Load(string projectFolder, HashSet<string> rasters, CancellationToken cancellationToken)
    {
        foreach ((string key, string heights, _) in ReportFiles.ElevationModels.Where(model => rasters.Contains(model.Heights)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (RasterPreviews.OfElevation(Path.Combine(projectFolder, heights)) is { } picture)
            {
                relief[key] = picture;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        Orthophoto = rasters.Contains(AssetPaths.Orthophoto)
            ? RasterPreviews.OfOrthophoto(Path.Combine(projectFolder, AssetPaths.Orthophoto))
            : null;
    }

    public void Dispose()
    {
        Orthophoto?.Dispose();
        foreach (ReliefImage picture in relief.Values)
        {
            picture.Map.Dispose();
        }
    }
}
