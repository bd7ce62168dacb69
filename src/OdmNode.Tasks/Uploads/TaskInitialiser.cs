using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;

namespace OdmNode.Tasks.Uploads;

/// <summary>Turns the files of an upload into the folder that an engine expects. May be repeated after a crash at any point.</summary>
internal static class TaskInitialiser
{
    /// <returns>The number of entries in the images folder.</returns>
    /// <exception cref="InvalidDataException">There are too many files, or an archive is damaged.</exception>
    public static int Initialise(TaskFolders folders, UploadStore uploads, TaskId id, int? maxImages)
    {
        var images = folders.Images(id);
        var uploaded = uploads.FilesOf(id);
        Directory.CreateDirectory(folders.Task(id));
        if (!Directory.Exists(images) && Directory.Exists(uploaded))
        {
            Directory.Move(uploaded, images);
        }

        Directory.CreateDirectory(images);
        uploads.DeleteRest(id);
        var count = Directory.EnumerateFileSystemEntries(images).Count();
        if (maxImages is { } limit && count > limit)
        {
            Directory.Delete(images, recursive: true);
            throw new InvalidDataException($"{count} images uploaded, but this node can only process up to {limit}.");
        }

        SideFiles.Sort(folders, id);
        return Directory.EnumerateFileSystemEntries(images).Count();
    }
}
