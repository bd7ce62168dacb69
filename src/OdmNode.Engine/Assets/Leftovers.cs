namespace OdmNode.Engine.Assets;

/// <summary>Deliverables of an earlier run that the options of this one leave out: the archive would take them along.</summary>
internal static class Leftovers
{
    /// <summary>Those of some files that lie in the project though nobody asks for them, as one text: part of what a stage depends on.</summary>
    public static string Among(string projectFolder, IEnumerable<string> unwanted) =>
        string.Join('\n', unwanted.Where(path => File.Exists(Path.Combine(projectFolder, path))));

    public static void Remove(string projectFolder, IEnumerable<string> unwanted)
    {
        foreach (string path in unwanted.Select(path => Path.Combine(projectFolder, path)).Where(File.Exists))
        {
            File.Delete(path);
        }
    }
}
