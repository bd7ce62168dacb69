using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Geospatial.Gdal;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Stages;

/// <summary>Makes of the finished orthophoto what was asked for beside it. No units: each file is one pass over the raster.</summary>
internal sealed class ExportOrthophotoStage : IStage
{
    private static readonly (string Option, string[] Files)[] Products =
    [
        ("orthophoto-png", [AssetPaths.OrthophotoPng, AssetPaths.OrthophotoPngWorldFile]),
        ("orthophoto-kmz", [AssetPaths.OrthophotoKmz]),
    ];

    public StageInfo Info { get; } = new(StageNames.ExportOrthophoto, 1, [.. Products.Select(product => product.Option)], 1);

    public StagePlan Plan(StageContext context) => new([])
    {
        ReduceInputs =
        [
            .. Orthophoto(context) is { } raster ? [InputKey.Of(raster.Path, raster.Hash)] : Array.Empty<Core.Hashing.ContentKey>(),
            InputKey.Of("leftovers", Leftovers.Among(context.ProjectFolder, Unwanted(context))),
        ],
        ReduceCost = 1,
    };

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This stage has no units.");

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        Leftovers.Remove(context.ProjectFolder, Unwanted(context));
        if (Orthophoto(context) is null)
        {
            return;
        }

        string raster = Path.Combine(context.ProjectFolder, AssetPaths.Orthophoto);
        if (context.Options.Flag("orthophoto-png"))
        {
            context.WriteArtefact(AssetPaths.OrthophotoPng, path => PictureWriter.WritePng(raster, path, cancellationToken));
            context.WriteArtefact(
                AssetPaths.OrthophotoPngWorldFile, path => File.Copy(Path.Combine(context.ProjectFolder, AssetPaths.OrthophotoWorldFile), path));
        }

        if (context.Options.Flag("orthophoto-kmz"))
        {
            context.WriteArtefact(AssetPaths.OrthophotoKmz, path => PictureWriter.WriteKmz(raster, path, "Orthophoto", cancellationToken));
        }
    }

    /// <summary>The raster that this run made; null where it made none.</summary>
    private static ArtefactRecord? Orthophoto(StageContext context) =>
        context.Of(StageNames.RenderOrthophoto).Artefacts.FirstOrDefault(record => record.Path == AssetPaths.Orthophoto);

    private static IEnumerable<string> Unwanted(StageContext context)
    {
        bool made = Orthophoto(context) is not null;
        return Products.Where(product => !made || !context.Options.Flag(product.Option)).SelectMany(product => product.Files);
    }
}
