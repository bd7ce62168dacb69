namespace OdmNode.Geospatial.Orthophoto;

/// <summary>How the orthophoto is composed.</summary>
public sealed record OrthophotoOptions
{
    /// <summary>Blocks of a tile worked on at once; the pixels do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// How far something tall can hide the ground, metres in plan: the relief of the survey × the tangent of the steepest
    /// view used, or less to save memory. The same for all tiles.
    /// </summary>
    public double OcclusionReachMetres { get; init; } = 30;

    /// <summary>How much the surface may rise above a ray before it hides, in cells: above the noise of the surface.</summary>
    public double OcclusionToleranceCells { get; init; } = 2;

    /// <summary>Width of the blend between two photos for fine detail, cells.</summary>
    public double DetailBlendCells { get; init; } = 6;

    /// <summary>Width of the blend between two photos for brightness and colour, cells.</summary>
    public double ToneBlendCells { get; init; } = 80;

    /// <summary>
    /// How far from visible ground its colours are carried into ground that no photo shows, metres: what a house of two floors hides. Beyond,
    /// and where hidden ground goes on beyond, the photo that is hidden least is shown.
    /// </summary>
    public double HiddenStripMetres { get; init; } = 4;
}
