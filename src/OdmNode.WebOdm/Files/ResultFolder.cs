namespace OdmNode.WebOdm.Files;

/// <summary>How one set of results is laid out.</summary>
public static class ResultFolder
{
    /// <summary>The content of the archive by its paths.</summary>
    public static string Assets(string results) => Path.Combine(results, "assets");

    /// <summary>The archive as the node made it.</summary>
    public static string Archive(string results) => Path.Combine(results, "all.zip");

    /// <summary>An archive of a folder of results, made when it was first asked for.</summary>
    public static string FolderArchive(string results, string asset) => Path.Combine(results, "archives", asset);
}
