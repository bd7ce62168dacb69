using OdmNode.Core.Errors;
using OdmNode.Geospatial.Tiles;
using OdmNode.Native.Memory;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.Hosting.Tiles;

/// <summary>
/// Open rasters: a renderer serves one caller at a time, and opening one costs several tiles. Those that nobody used for a while, or whose
/// file is gone, are closed.
/// </summary>
internal sealed class RendererPool : IDisposable
{
    /// <summary>The three rasters of a task twice. Each keeps a block of every overview that it has read.</summary>
    private const int MostIdle = 6;

    /// <summary>A tile needs up to four blocks of a mebibyte, which its neighbours share; two are made at once.</summary>
    private const long CacheBytes = 8L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SweepPause = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;
    private readonly Lock _gate = new();

    /// <summary>In the order in which they were given back.</summary>
    private readonly LinkedList<Idle> _idle = new();
    private bool _isDisposed;

    public RendererPool(TimeProvider time)
    {
        _time = time;
        NativeHeap.ReturnLargeBlocks();
        _sweeper = time.CreateTimer(_ => Sweep(), null, SweepPause, SweepPause);
    }

    /// <summary>Does something with a renderer of a raster.</summary>
    /// <exception cref="OdmException">Storage: the file is another one by now, or is no GeoTIFF. BadInput: it has no place on the map. Unsupported: no GDAL.</exception>
    public T Use<T>(RasterFile file, Func<TileRenderer, T> work)
    {
        var renderer = Take(file) ?? Open(file);
        try
        {
            var result = work(renderer);
            GiveBack(file, renderer);
            return result;
        }
        catch
        {
            renderer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _sweeper.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
        }

        Close(_ => true);
    }

    private static TileRenderer Open(RasterFile file)
    {
        TiffSignature.Check(file.Path);
        TileRenderer.LimitCache(CacheBytes);
        var renderer = TileRenderer.Open(file.Path);
        if (!file.IsPresent)
        {
            renderer.Dispose();
            throw new OdmException(ErrorKind.Storage, "The results have just been replaced. Ask again.");
        }

        return renderer;
    }

    private TileRenderer? Take(RasterFile file)
    {
        lock (_gate)
        {
            for (var node = _idle.Last; node is not null; node = node.Previous)
            {
                if (node.Value.File == file)
                {
                    _idle.Remove(node);
                    return node.Value.Renderer;
                }
            }

            return null;
        }
    }

    private void GiveBack(RasterFile file, TileRenderer renderer)
    {
        TileRenderer? surplus = null;
        lock (_gate)
        {
            if (_isDisposed)
            {
                surplus = renderer;
            }
            else
            {
                _idle.AddLast(new Idle(file, renderer, _time.GetTimestamp()));
                if (_idle.Count > MostIdle)
                {
                    surplus = _idle.First!.Value.Renderer;
                    _idle.RemoveFirst();
                }
            }
        }

        surplus?.Dispose();
    }

    private void Sweep() => Close(idle => _time.GetElapsedTime(idle.Since) > Patience || !idle.File.IsPresent);

    private void Close(Func<Idle, bool> isUnwanted)
    {
        var unwanted = new List<Idle>();
        lock (_gate)
        {
            unwanted.AddRange(_idle.Where(isUnwanted));
            foreach (var idle in unwanted)
            {
                _idle.Remove(idle);
            }
        }

        unwanted.ForEach(idle => idle.Renderer.Dispose());
    }

    /// <param name="File">What it renders.</param>
    /// <param name="Renderer">Open.</param>
    /// <param name="Since">Time stamp of its return.</param>
    private sealed record Idle(RasterFile File, TileRenderer Renderer, long Since);
}
