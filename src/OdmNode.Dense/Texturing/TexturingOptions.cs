namespace OdmNode.Dense.Texturing;

/// <summary>How a mesh gets its colours.</summary>
public sealed record TexturingOptions
{
    /// <summary>Views that meet a face flatter than this, measured from its normal, are not used; degrees.</summary>
    public double LargestAngleDegrees { get; init; } = 75;

    /// <summary>The photo is this many times smaller while it is tested what hides what.</summary>
    public int VisibilityScale { get; init; } = 4;

    /// <summary>Cost of two neighbouring faces with different photos; a face's loss of all its resolution costs 1.</summary>
    public float SeamCost { get; init; } = 0.7f;

    /// <summary>Least distance of a face's colour from the median of all views that tells a moving thing, grey levels.</summary>
    public float OutlierLevels { get; init; } = 30;

    /// <summary>Are differences of brightness between photos spread over the surface?</summary>
    public bool LevelSeams { get; init; } = true;

    /// <summary>Do all faces that no photo sees stay, in the colour of what surrounds them?</summary>
    public bool KeepUnseen { get; init; }

    /// <summary>Faces that no photo sees stay in any case when they lie in holes of at most so many of them.</summary>
    public int LargestHoleFaces { get; init; } = 100;

    /// <summary>Side of the largest atlas, texels.</summary>
    public int AtlasSide { get; init; } = 8192;

    /// <summary>Must everything lie on one atlas?</summary>
    public bool SingleAtlas { get; init; }

    /// <summary>Most texels of all atlases together; the density falls when the photos offer more.</summary>
    public long MostTexels { get; init; } = 4L * 4096 * 4096;

    /// <summary>Texels around a chart that repeat its edge, so that no filter reaches a neighbour.</summary>
    public int Padding { get; init; } = 3;
}
