using System.Collections.Concurrent;
using OdmNode.Core.Errors;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Tiles;

/// <summary>Tiles of the results of tasks: made when they are asked for, a few at once, and kept while there is room.</summary>
public sealed class MapTiles(WebOdmSettings settings, WebTaskFolders folders, ITileSource source) : IDisposable
{
    private const int MostDescriptions = 1000;

    private readonly TileCache _cache = new(settings.TileCacheBytes);
    private readonly ConcurrentDictionary<RasterFile, TileRaster?> _descriptions = new();

    /// <summary>More renders than processors would only share them.</summary>
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    /// <summary>A raster of a task's results.</summary>
    /// <returns>Null when the task has none, or one without a place on the map.</returns>
    /// <exception cref="OdmException">Storage: the file is damaged. Unsupported: this machine lacks a library.</exception>
    public async Task<TileRaster?> FindAsync(WebTask task, TileLayer layer, CancellationToken cancellationToken)
    {
        if (folders.Assets(task) is not { } assets || RawAssets.Find(assets, layer.Path) is not { } path || RasterFile.Find(path) is not { } file)
        {
            return null;
        }

        if (!_descriptions.TryGetValue(file, out var raster))
        {
            raster = await InTurnAsync(file, () => source.Describe(file), cancellationToken).ConfigureAwait(false);
            if (_descriptions.Count >= MostDescriptions)
            {
                _descriptions.Clear();
            }

            _descriptions[file] = raster;
        }

        return raster;
    }

    /// <summary>A tile.</summary>
    /// <param name="raster">From <see cref="FindAsync"/>.</param>
    /// <param name="request">Any tile of the world.</param>
    /// <param name="cancellationToken">Gives up the place among those who wait.</param>
    /// <returns>Null when the raster has been replaced or removed meanwhile.</returns>
    /// <exception cref="OdmException">Storage: the file is damaged.</exception>
    public async Task<TileImage?> RenderAsync(TileRaster raster, TileRequest request, CancellationToken cancellationToken)
    {
        if (_cache.Find(raster.File, request) is { } kept)
        {
            return kept;
        }

        var image = await InTurnAsync(raster.File, () => source.Render(raster.File, request), cancellationToken).ConfigureAwait(false);
        if (image is not null)
        {
            _cache.Keep(raster.File, request, image);
        }

        return image;
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async Task<T?> InTurnAsync<T>(RasterFile file, Func<T?> work, CancellationToken cancellationToken)
        where T : class
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OdmException exception) when (exception.Kind == ErrorKind.Storage && !file.IsPresent)
        {
            return null;
        }
        finally
        {
            _turns.Release();
        }
    }
}
