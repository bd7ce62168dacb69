using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;

namespace OdmNode.Tasks.Uploads;

/// <summary>Turns an upload, and the archive at an address, into the folder that an engine expects.</summary>
/// <remarks>
/// May be repeated after a crash at any point. The images folder comes into being only when the archive has been fetched, so
/// its presence says that there is nothing left to fetch; archives are deleted only when they have been unpacked.
/// </remarks>
internal sealed class TaskInitialiser(TaskFolders folders, UploadStore uploads, IntakeLimits limits)
{
    /// <param name="id">The task.</param>
    /// <param name="zipUrl">The address of an archive of photos; null or empty for none.</param>
    /// <param name="maxImages">Most files; null for no limit.</param>
    /// <param name="cancellationToken">Stops the work, which may then be taken up again.</param>
    /// <returns>The number of entries in the images folder.</returns>
    /// <exception cref="InvalidDataException">There are too many files, or an archive is damaged.</exception>
    /// <exception cref="IOException">The address cannot be fetched, or the disk is full.</exception>
    public async Task<int> InitialiseAsync(TaskId id, string? zipUrl, int? maxImages, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(zipUrl) && !Directory.Exists(folders.Images(id)))
        {
            await FetchAsync(zipUrl, uploads.FetchedArchiveOf(id), cancellationToken).ConfigureAwait(false);
        }

        TakeOver(id);
        SideFiles.Unpack(folders, id, limits, cancellationToken);
        var count = SideFiles.Count(folders, id);
        if (maxImages is { } limit && count > limit)
        {
            throw new InvalidDataException($"{count} images uploaded, but this node can only process up to {limit}.");
        }

        SideFiles.Sort(folders, id);
        uploads.DeleteRest(id);
        return Directory.EnumerateFileSystemEntries(folders.Images(id)).Count();
    }

    /// <summary>
    /// Deletes the files of a task that was removed or could not be initialised. To be called when that has been written down:
    /// earlier, a task taken up again after a crash would begin with less.
    /// </summary>
    public void Discard(TaskId id)
    {
        try
        {
            // The id may be in use again already.
            if (uploads.Find(id) is null)
            {
                uploads.DeleteRest(id);
            }

            _ = folders.DiscardAsync(folders.Task(id));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The files go when the task is removed.
        }
    }

    private async Task FetchAsync(string zipUrl, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var download = new ZipUrlDownload(limits);
            await download.FetchAsync(zipUrl, path, cancellationToken).ConfigureAwait(false);
        }
    }

    private void TakeOver(TaskId id)
    {
        var images = folders.Images(id);
        var uploaded = uploads.FilesOf(id);
        Directory.CreateDirectory(folders.Task(id));
        if (!Directory.Exists(images) && Directory.Exists(uploaded))
        {
            Directory.Move(uploaded, images);
        }

        Directory.CreateDirectory(images);
        var fetched = uploads.FetchedArchiveOf(id);
        if (File.Exists(fetched))
        {
            File.Move(fetched, Path.Combine(images, SideFiles.FetchedArchive), overwrite: true);
        }
    }
}
