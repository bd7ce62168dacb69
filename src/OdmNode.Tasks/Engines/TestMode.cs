namespace OdmNode.Tasks.Engines;

/// <summary>A node for testing clients: nothing is computed, every task gets the same results within a moment.</summary>
public sealed record TestMode
{
    /// <summary>Folder laid out like a finished task, from which the archive is made.</summary>
    public required string Results { get; init; }

    /// <summary>Time between the console lines and the archive.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Every task fails.</summary>
    public bool FailTasks { get; init; }

    /// <summary>Half of the upload requests are answered with status 500, to exercise retries of clients.</summary>
    public bool DropUploads { get; init; }

    /// <summary>The archive lacks the orthophoto and its tiles.</summary>
    public bool SkipOrthophotos { get; init; }

    /// <summary>The archive lacks surface and terrain models and their tiles.</summary>
    public bool SkipElevation { get; init; }

    /// <summary>False for a file of the archive that is left out.</summary>
    /// <param name="name">Its name in the archive.</param>
    public bool Delivers(string name) =>
        !(SkipOrthophotos
            && (name is "odm_orthophoto/odm_orthophoto.tif" or "odm_orthophoto/odm_orthophoto.mbtiles" || IsBelow(name, "orthophoto_tiles/")))
        && !(SkipElevation
            && (name is "odm_dem/dsm.tif" or "odm_dem/dtm.tif" || IsBelow(name, "dsm_tiles/") || IsBelow(name, "dtm_tiles/")));

    private static bool IsBelow(string name, string folder) => name.StartsWith(folder, StringComparison.Ordinal);
}
