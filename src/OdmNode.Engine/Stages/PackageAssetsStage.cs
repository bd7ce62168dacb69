using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Options;
using OdmNode.Engine.Running;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Stages;

/// <summary>Writes the record of the run and packs everything into one archive. No units.</summary>
internal sealed class PackageAssetsStage(RunJournal journal, EngineOptionSet options) : IStage
{
    public StageInfo Info { get; } = new(StageNames.PackageAssets, 1, [], 1);

    public StagePlan Plan(StageContext context) => new([])
    {
        ReduceInputs = [.. context.EarlierArtefacts().Select(KeyOf)],
        ReduceCost = 1,
    };

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This stage has no units.");

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        int images = Dataset.Load(context.Of(StageNames.ReadMetadata)).Photos.Count;
        context.WriteArtefact(AssetPaths.LogJson, path => LogJson.Write(journal, options, images, null, path));
        context.WriteArtefact(
            AssetPaths.Archive, path => ArchivePacker.Pack(context.ProjectFolder, AssetPaths.ArchiveContent, path, cancellationToken));
    }

    private static ContentKey KeyOf(ArtefactRecord record) => InputKey.Of(record.Path, record.Hash);
}
