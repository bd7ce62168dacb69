using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Geospatial.Cutlines;
using OdmNode.Geospatial.Elevation;
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
        ("orthophoto-cutline", [AssetPaths.OrthophotoCutline]),
    ];

    public StageInfo Info { get; } = new(StageNames.ExportOrthophoto, 1, [.. Products.Select(product => product.Option)], 1);

    public StagePlan Plan(StageContext context) => new([])
    {
        ReduceInputs =
        [
            context.Of(StageNames.RasterElevation).SummaryKey,
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

        if (context.Options.Flag("orthophoto-cutline"))
        {
            WriteCutline(raster, context, cancellationToken);
        }
    }

    private static void WriteCutline(string raster, StageContext context, CancellationToken cancellationToken)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        CropPolygon outline = RasterElevationStage.Load(context.Of(StageNames.RasterElevation))!.Polygon();
        CropPolygon line = Cutline.Trace(raster, outline, cancellationToken);
        context.WriteArtefact(AssetPaths.OrthophotoCutline, path => GeoPackageWriter.Write(
            line, "cutline", dataset.MapFrame()!.Zone.EpsgCode, path));
        context.Say(FormattableString.Invariant(
            $"Cutline of {line.Vertices.Count} corners around {100 * line.Area / outline.Area:0} % of the surveyed area"));
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
