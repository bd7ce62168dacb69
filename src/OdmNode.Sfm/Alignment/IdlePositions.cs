using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm.Alignment;

/// <summary>Positions that say nothing of how the cameras stood to each other: all the same, as a phone indoors or a lost receiver writes them.</summary>
internal static class IdlePositions
{
    private const double SamePlaceMetres = 0.5;
    private const double SamePlaceSigmas = 3;

    /// <summary>The input, without its positions where fewer than two photos stand apart from the place of the others.</summary>
    public static SfmInput LeftOut(SfmInput input)
    {
        PositionPrior[] positions = [.. input.Photos.Select(static photo => photo.Position).OfType<PositionPrior>()];
        if (positions.Length < 2)
        {
            return input;
        }

        var place = new Vector3D(
            Median(positions, static p => p.X), Median(positions, static p => p.Y), Median(positions, static p => p.Z));
        int apart = positions.Count(prior =>
            (prior.Position - place).Length > Math.Min(SamePlaceMetres, SamePlaceSigmas * prior.HorizontalSigma));
        return apart >= Math.Min(2, positions.Length - 1)
            ? input
            : input with { Photos = [.. input.Photos.Select(static photo => photo with { Position = null })] };
    }

    private static double Median(PositionPrior[] positions, Func<Vector3D, double> axis)
    {
        double[] sorted = [.. positions.Select(prior => axis(prior.Position)).Order()];
        return sorted[sorted.Length / 2];
    }
}
