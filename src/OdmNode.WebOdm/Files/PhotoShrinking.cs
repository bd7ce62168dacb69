using System.Globalization;
using System.Text;
using OdmNode.Tasks.Uploads;

namespace OdmNode.WebOdm.Files;

/// <summary>
/// Scales the photos of a task where they lie, and moves the marks of its control points with them. It may be cut off at any time: repeated,
/// it goes on where it stopped.
/// </summary>
public sealed class PhotoShrinking(WebTaskFolders folders, IPhotoScaler scaler) : IDisposable
{
    /// <summary>One photo at a time: decoded, it takes some hundred megabytes.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Does it.</summary>
    /// <param name="task">The task.</param>
    /// <param name="longest">The longest side that photos may have afterwards, pixels.</param>
    /// <param name="onProgress">Told the share of photos that are done.</param>
    /// <param name="cancellationToken">Stops after the photo that is being scaled.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public async Task RunAsync(long task, int longest, Action<double> onProgress, CancellationToken cancellationToken)
    {
        var work = folders.Shrinking(task);
        Directory.CreateDirectory(work);
        var files = folders.ListImages(task);
        var photos = files.Where(path => SideFiles.IsPhoto(Path.GetFileName(path))).ToList();
        for (var number = 0; number < photos.Count; number++)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await Task.Run(() => Shrink(photos[number], work, longest), CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }

            onProgress((number + 1.0) / photos.Count);
        }

        var ratios = ReadRatios(work);
        foreach (var path in files.Where(path => SideFiles.IsControlPoints(Path.GetFileName(path))))
        {
            MoveMarks(path, work, ratios);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static string RatioFile(string work) => Path.Combine(work, "ratios");

    private void Shrink(string photo, string work, int longest)
    {
        var small = Path.Combine(work, "photo");
        if (scaler.Shrink(photo, small, longest) is { } ratio)
        {
            // Written first: once the photo is small, nobody knows how large it was.
            using (var ratios = new FileStream(RatioFile(work), FileMode.Append))
            {
                // A line that was cut off before it must not swallow this one.
                ratios.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{ratio:R}\t{Path.GetFileName(photo)}\n")));
                ratios.Flush(flushToDisk: true);
            }

            File.Move(small, photo, overwrite: true);
        }
    }

    /// <summary>From the file as it came, which is kept meanwhile, so that marks are not moved twice.</summary>
    private static void MoveMarks(string path, string work, IReadOnlyDictionary<string, double> ratios)
    {
        var (original, moved) = (Path.Combine(work, "original-" + Path.GetFileName(path)), Path.Combine(work, "moved-" + Path.GetFileName(path)));
        var present = File.ReadAllText(path);
        if (present != ReadIfThere(moved) && present != ReadIfThere(original))
        {
            Replace(original, present, work);
        }

        if (ControlPointMarks.Scale(File.ReadAllText(original), ratios) is { } text)
        {
            Replace(moved, text, work);
            Replace(path, text, work);
        }
    }

    private static string? ReadIfThere(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    private static void Replace(string path, string text, string work)
    {
        var partial = Path.Combine(work, "partial");
        File.WriteAllText(partial, text);
        File.Move(partial, path, overwrite: true);
    }

    private static Dictionary<string, double> ReadRatios(string work)
    {
        var ratios = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in File.Exists(RatioFile(work)) ? File.ReadLines(RatioFile(work)) : [])
        {
            // A line that was cut off is written again with its photo.
            if (line.Split('\t', 2) is [var ratio, var name] && double.TryParse(ratio, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                ratios[name] = number;
            }
        }

        return ratios;
    }
}
