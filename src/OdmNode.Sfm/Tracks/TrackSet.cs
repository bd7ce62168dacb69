namespace OdmNode.Sfm.Tracks;

/// <summary>Features of different photos that show one point, laid out flat.</summary>
/// <param name="Offsets">n + 1 offsets: track i has the elements [Offsets[i], Offsets[i + 1]).</param>
/// <param name="Photos">Photo of each element; rising within a track.</param>
/// <param name="Features">Feature of each element, index in its photo.</param>
public sealed record TrackSet(int[] Offsets, int[] Photos, int[] Features)
{
    /// <summary>n.</summary>
    public int Count => Offsets.Length - 1;

    /// <summary>Elements of all tracks.</summary>
    public int ElementCount => Photos.Length;
}
