using OdmNode.Tasks.Packing;

namespace OdmNode.WebOdm.Files;

/// <summary>Archives of folders of results, made once when they are first asked for and kept with the results, so that they have a length and can be resumed.</summary>
public sealed class FolderArchives : IDisposable
{
    /// <summary>One archive is made at a time: two would only fight for the disk.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The file of an asset.</summary>
    /// <param name="results">A set of results.</param>
    /// <param name="asset">What is wanted.</param>
    /// <param name="cancellationToken">Stops waiting; an archive that has been begun is finished.</param>
    /// <returns>An absolute path; the file need not exist when the set lacks the asset.</returns>
    /// <exception cref="IOException">The archive cannot be written.</exception>
    public async Task<string> FileOfAsync(string results, WebAsset asset, CancellationToken cancellationToken)
    {
        if (asset.Path is not { } path)
        {
            return ResultFolder.Archive(results);
        }

        var full = Path.Combine(ResultFolder.Assets(results), path);
        if (!asset.IsFolder)
        {
            return full;
        }

        var archive = ResultFolder.FolderArchive(results, asset.Name);
        if (!File.Exists(archive) && Directory.Exists(full))
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (!File.Exists(archive))
                {
                    await Task.Run(() => Write(full, archive, asset.Without), CancellationToken.None).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
            {
                // The set has been replaced by that of another run, and the archive is missing with the rest of it.
            }
            finally
            {
                _turn.Release();
            }
        }

        return archive;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static void Write(string folder, string archive, string? without)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')))
            .Where(file => file.Name != without)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        ArchiveWriter.Write(archive, files, CancellationToken.None);
    }
}
