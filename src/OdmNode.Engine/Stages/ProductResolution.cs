using OdmNode.Core.Identity;
using OdmNode.Geospatial.Elevation;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Stages;

/// <summary>Cell sizes of the rasters, from the options and the ground sampling distance.</summary>
internal static class ProductResolution
{
    private const double Finest = 0.001;

    public static double Elevation(StageContext context) => Of(context, "dem-resolution");

    public static double Orthophoto(StageContext context) => Of(context, "orthophoto-resolution");

    /// <summary>
    /// Of the surface that both are made from: that of the elevation models, or of the orthophoto where that is finer, but then no finer than
    /// the points lie apart. What an orthophoto shows beyond that, its edges, is measured in the photos (<see cref="StageNames.SharpenEdges"/>).
    /// </summary>
    /// <param name="context">Knows the options.</param>
    /// <param name="spacingMetres">Distance between the points of the cloud.</param>
    public static double Surface(StageContext context, double spacingMetres) =>
        Math.Round(Math.Min(Elevation(context), Math.Max(Orthophoto(context), spacingMetres)), 4);

    private static double Of(StageContext context, string option)
    {
        double? gsd = ReconstructStage.LoadReport(context.Of(StageNames.Reconstruct)).GsdMetres;
        double metres = Math.Abs(context.Options.Number(option)) / 100;
        double resolution = GroundSampling.Resolution(Math.Max(Finest, metres), gsd, context.Options.Flag("ignore-gsd"));
        // Whole tenths of a millimetre: a change of the last bit of the reconstruction does not shift the grid.
        return Math.Max(Finest, Math.Round(resolution, 4));
    }
}
