using System.Collections.Concurrent;
using OdmNode.Client.Wire;

namespace OdmNode.Client.Transfers;

/// <summary>Compares the files to be sent with those that a node holds.</summary>
internal static class UploadInventory
{
    /// <summary>The files that are still to be sent.</summary>
    /// <param name="files">Paths of all files.</param>
    /// <param name="held">What the node holds.</param>
    /// <param name="parallel">Files read at the same time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>
    /// Null when the node holds something that is not among the files: it cannot be taken back, so the upload is one of other files.
    /// </returns>
    public static async Task<IReadOnlyList<string>?> MissingAsync(
        IReadOnlyList<string> files, IReadOnlyList<HeldFile> held, int parallel, CancellationToken cancellationToken)
    {
        var local = files.ToDictionary(file => Path.GetFileName(file), StringComparer.Ordinal);
        if (held.Any(file => !local.TryGetValue(file.Name, out var path) || new FileInfo(path).Length != file.Size))
        {
            return null;
        }

        var same = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(held, options, async (file, token) =>
        {
            if (await ContentHash.OfFileAsync(local[file.Name], token).ConfigureAwait(false) == file.XxHash128)
            {
                same.Add(local[file.Name]);
            }
        }).ConfigureAwait(false);
        return same.Count == held.Count ? [.. files.Except(same, StringComparer.Ordinal)] : null;
    }
}
