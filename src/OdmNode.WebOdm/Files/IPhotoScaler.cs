namespace OdmNode.WebOdm.Files;

/// <summary>Scales photos down; from many threads at once.</summary>
public interface IPhotoScaler
{
    /// <summary>Writes a smaller photo with the same metadata.</summary>
    /// <param name="source">The photo.</param>
    /// <param name="target">Where to write; made only when the photo is scaled.</param>
    /// <param name="longest">The longest side that is wanted, pixels.</param>
    /// <returns>Pixels of the result for one of the photo; null when that is small enough already, or of a kind that is not scaled.</returns>
    /// <exception cref="IOException">It cannot be read, or the disk is full.</exception>
    double? Shrink(string source, string target, int longest);
}
