namespace OdmNode.Engine.Assets;

/// <summary>Deliverables of an earlier run that the options of this one leave out: the archive would take them along.</summary>
internal static class Leftovers
{
    /// <summary>
    /// Those of some files and folders (with a slash) that lie in the project though nobody asks for them, as one text: part of what
    /// a stage depends on.
    /// </summary>
    public static string Among(string projectFolder, IEnumerable<string> unwanted) =>
        string.Join('\n', unwanted.Where(path => Path.Exists(Path.Combine(projectFolder, path.TrimEnd('/')))));

    public static void Remove(string projectFolder, IEnumerable<string> unwanted)
    {
        foreach (string path in unwanted.Select(path => Path.Combine(projectFolder, path.TrimEnd('/'))))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Removes all files of a folder, relative to the project with a slash, but for some.</summary>
    public static void RemoveOthers(string projectFolder, string folder, IReadOnlySet<string> wanted)
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(projectFolder, folder), "*", SearchOption.AllDirectories))
        {
            if (!wanted.Contains(Path.GetRelativePath(projectFolder, path).Replace(Path.DirectorySeparatorChar, '/')))
            {
                File.Delete(path);
            }
        }
    }
}
