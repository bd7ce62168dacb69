using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;

namespace OdmNode.Tasks.Uploads;

/// <summary>Sorts the files of a fresh task by name and finds those that the engine is told about.</summary>
internal static class SideFiles
{
    private static readonly string[] AlignmentNames = ["align.las", "align.laz", "align.tif"];

    /// <summary>Moves text and alignment files out of the images folder, unpacks <c>seed.zip</c>, drops other archives. May be repeated.</summary>
    /// <exception cref="InvalidDataException">A seed archive is damaged or would write outside the task's folder.</exception>
    public static void Sort(TaskFolders folders, TaskId id)
    {
        var images = folders.Images(id);
        var seed = Path.Combine(images, "seed.zip");
        if (File.Exists(seed))
        {
            ZipExtraction.Extract(seed, folders.Task(id));
            File.Delete(seed);
        }

        foreach (var path in Directory.EnumerateFiles(images).ToList())
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
    public static IReadOnlyList<string> Arguments(TaskFolders folders, TaskId id)
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

        Add("--gcp", name => name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && !IsNamed(name, "geo.txt", "image_groups.txt"));
        Add("--geo", name => IsNamed(name, "geo.txt"));
        Add("--align", IsAlignment);
        Add("--split-image-groups", name => IsNamed(name, "image_groups.txt"));
        return arguments;
    }

    private static bool IsAlignment(string name) => IsNamed(name, AlignmentNames);

    private static bool IsNamed(string name, params string[] names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
