using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;

namespace OdmNode.Tasks.Uploads;

/// <summary>Sorts the files of a fresh task by name and finds those that the engine is told about.</summary>
public static class SideFiles
{
    /// <summary>The name under which an archive fetched from an address lies among the photos.</summary>
    internal const string FetchedArchive = "zipurl.zip";

    private const string SeedArchive = "seed.zip";
    private static readonly string[] AlignmentNames = ["align.las", "align.laz", "align.tif"];

    /// <summary>True for what stays among the photos: no text, no alignment file, no archive.</summary>
    public static bool IsPhoto(string name) =>
        !IsAlignment(name)
        && !name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)
        && !name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a file of ground control points: any text that means nothing else.</summary>
    public static bool IsControlPoints(string name) =>
        name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && !IsNamed(name, "geo.txt", "image_groups.txt");

    /// <summary>Unpacks the archives that mean something and leaves them in place. May be repeated.</summary>
    /// <exception cref="InvalidDataException">An archive is damaged, too large, or would write outside its folder.</exception>
    internal static void Unpack(TaskFolders folders, TaskId id, IntakeLimits limits, CancellationToken cancellationToken)
    {
        var images = folders.Images(id);
        var seed = Path.Combine(images, SeedArchive);
        if (File.Exists(seed))
        {
            ZipExtraction.ExtractSeed(seed, folders.Task(id), limits.UnpackingIn(images), cancellationToken);
        }

        var fetched = Path.Combine(images, FetchedArchive);
        if (File.Exists(fetched))
        {
            ZipExtraction.ExtractFlat(fetched, images, limits.UnpackingIn(images), cancellationToken);
        }
    }

    /// <summary>The files that count against the most a node takes: everything among the photos but a seed.</summary>
    internal static int Count(TaskFolders folders, TaskId id) =>
        Directory.EnumerateFileSystemEntries(folders.Images(id)).Count(path => Path.GetFileName(path) != SeedArchive);

    /// <summary>Drops archives and moves text and alignment files out of the images folder. May be repeated.</summary>
    internal static void Sort(TaskFolders folders, TaskId id)
    {
        foreach (var path in Directory.EnumerateFiles(folders.Images(id)).ToList())
        {
            var name = Path.GetFileName(path);
            if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                File.Delete(path);
            }
            else if (IsAlignment(name) || name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            {
                Directory.CreateDirectory(folders.SideFiles(id));
                File.Move(path, Path.Combine(folders.SideFiles(id), name), overwrite: true);
            }
        }
    }

    /// <summary>The engine's arguments for the files found: of several candidates the first in byte order counts.</summary>
    internal static IReadOnlyList<string> Arguments(TaskFolders folders, TaskId id)
    {
        var folder = folders.SideFiles(id);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var names = Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        var arguments = new List<string>();
        void Add(string option, Func<string, bool> isCandidate)
        {
            if (names.Find(name => isCandidate(name)) is { } name)
            {
                arguments.AddRange([option, Path.Combine(folder, name)]);
            }
        }

        Add("--gcp", IsControlPoints);
        Add("--geo", name => IsNamed(name, "geo.txt"));
        Add("--align", IsAlignment);
        Add("--split-image-groups", name => IsNamed(name, "image_groups.txt"));
        return arguments;
    }

    private static bool IsAlignment(string name) => IsNamed(name, AlignmentNames);

    private static bool IsNamed(string name, params string[] names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
