namespace OdmNode.Tasks.Packing;

/// <summary>Which files of a task's folder go into <c>all.zip</c>.</summary>
public static class ArchiveContents
{
    private static readonly string[] Usual =
    [
        "odm_orthophoto/odm_orthophoto.tif", "odm_orthophoto/odm_orthophoto.tfw", "odm_orthophoto/odm_orthophoto.png",
        "odm_orthophoto/odm_orthophoto.wld", "odm_orthophoto/odm_orthophoto.mbtiles", "odm_orthophoto/odm_orthophoto.kmz",
        "odm_orthophoto/odm_orthophoto_extent.dxf", "odm_orthophoto/cutline.gpkg",
        "odm_georeferencing", "odm_texturing", "odm_dem/dsm.tif", "odm_dem/dtm.tif", "dsm_tiles", "dtm_tiles",
        "odm_dem/dsm.euclideand.tif", "odm_dem/dtm.euclideand.tif", "orthophoto_tiles", "potree_pointcloud",
        "entwine_pointcloud", "3d_tiles", "images.json", "cameras.json", "task_output.txt", "log.json", "odm_report",
    ];

    /// <summary>The files to pack; entries that do not exist are skipped, folders are taken with all below, links are not followed.</summary>
    /// <param name="folder">The task's folder.</param>
    /// <param name="outputs">Paths that replace the usual content; empty for the usual content.</param>
    /// <returns>Pairs of absolute path and name within the archive, sorted by name, each name once.</returns>
    public static IReadOnlyList<(string Path, string Name)> List(string folder, IReadOnlyList<string> outputs)
    {
        var wanted = outputs.Select(Normalise).OfType<string>().ToList();
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in wanted.Count > 0 ? [.. wanted, "task_output.txt"] : Usual)
        {
            var path = Path.Combine(folder, entry);
            if (File.Exists(path) && !IsLink(path))
            {
                files.TryAdd(entry, path);
            }
            else if (Directory.Exists(path) && !IsLink(path))
            {
                AddFolder(folder, path, files);
            }
        }

        return [.. files.Select(file => (file.Value, file.Key))];
    }

    /// <summary>A client's path made relative to the task's folder: leading <c>/</c> and every <c>..</c> that would leave it are removed.</summary>
    /// <returns>Null when nothing is left, or the name cannot be a file's.</returns>
    public static string? Normalise(string output)
    {
        if (output.Any(char.IsControl))
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in output.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not (".." or "."))
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? null : string.Join('/', parts);
    }

    private static void AddFolder(string root, string folder, SortedDictionary<string, string> files)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var path in Directory.EnumerateFiles(folder, "*", options))
        {
            files.TryAdd(Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'), path);
        }
    }

    private static bool IsLink(string path) => File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint);
}
