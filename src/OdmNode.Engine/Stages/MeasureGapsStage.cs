using OdmNode.Core.Identity;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Stages;

/// <summary>
/// Writes for every elevation model how far each of its cells is from what was not measured. No units: files are written tile after tile,
/// and nothing else depends on them.
/// </summary>
internal sealed class MeasureGapsStage : IStage
{
    private const string Option = "dem-euclidean-map";

    public StageInfo Info { get; } = new(StageNames.MeasureGaps, 1, [Option, "dtm", "dem-resolution", "ignore-gsd", "cog"], 0.5);

    public StagePlan Plan(StageContext context) => new([])
    {
        ReduceInputs =
        [
            context.Of(StageNames.ReadMetadata).SummaryKey, context.Of(StageNames.RasterElevation).SummaryKey,
            context.Of(StageNames.RefineEdges).SummaryKey, context.Of(StageNames.FillTerrain).SummaryKey,
            InputKey.Of("leftovers", string.Join('\n', ElevationProduct.Existing(Unwanted(context), context))),
        ],
        ReduceCost = 1,
    };

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This stage has no units.");

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        ElevationProduct.Remove(Unwanted(context), context);
        if (!context.Options.Flag(Option) || RasterElevationStage.Load(context.Of(StageNames.RasterElevation)) is not { } surface)
        {
            return;
        }

        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        ElevationProduct.WriteDistances(
            ElevationPaths.Surface, context.Of(StageNames.RefineEdges), surface, dataset, context, cancellationToken);
        if (context.Options.Flag("dtm"))
        {
            ElevationProduct.WriteDistances(
                ElevationPaths.Terrain, context.Of(StageNames.FillTerrain), surface, dataset, context, cancellationToken);
        }
    }

    /// <summary>The archive would take along what an earlier run left.</summary>
    private static string[] Unwanted(StageContext context) => context.Options.Flag(Option)
        ? context.Options.Flag("dtm") ? [] : [ElevationPaths.Terrain.Distances]
        : [ElevationPaths.Surface.Distances, ElevationPaths.Terrain.Distances];
}
