using System.Globalization;

namespace OdmNode.WebOdm.Tiles;

/// <summary>A raster file in one of its states: a restart may put another in its place.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">Ticks, UTC.</param>
public readonly record struct RasterFile(string Path, long Length, long Modified)
{
    /// <summary>Names the content in entity tags.</summary>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"{Length:x}-{Modified:x}");

    /// <summary>True while that content lies at that path.</summary>
    public bool IsPresent => Find(Path) == this;

    /// <summary>The file as it is now; null when there is none.</summary>
    public static RasterFile? Find(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new RasterFile(path, file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }
}
