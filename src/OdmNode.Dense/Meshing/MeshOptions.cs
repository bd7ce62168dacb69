namespace OdmNode.Dense.Meshing;

/// <summary>How a tile of the surface is made.</summary>
public sealed record MeshOptions
{
    /// <summary>Distance from the surface, in voxels, up to which depth maps speak about it: some times their noise.</summary>
    public int TruncationVoxels { get; init; } = 3;

    /// <summary>Photos that must agree on a depth for the space before it to count as empty.</summary>
    public int MinViews { get; init; } = 2;

    /// <summary>Weight of a depth seen by fewer photos, against one that is confirmed.</summary>
    public float UnsureWeight { get; init; } = 0.1f;

    /// <summary>Weight of empty space far before a surface, against the surface.</summary>
    public float EmptyWeight { get; init; } = 0.5f;

    /// <summary>Weight with which space far behind a surface counts as solid: only where nobody sees into it.</summary>
    public float HiddenWeight { get; init; } = 0.02f;

    /// <summary>Voxels by which the known distances grow into unknown space, to close small holes.</summary>
    public int DiffusionRounds { get; init; } = 3;

    /// <summary>Weight of what lies around a voxel, up to which it is smoothed: photos that agree outvote it.</summary>
    public float SmoothingWeight { get; init; } = 1;

    /// <summary>Whether the third axis points up and walls between heights that are above each other are to be searched.</summary>
    public bool HasVertical { get; init; } = true;
}
