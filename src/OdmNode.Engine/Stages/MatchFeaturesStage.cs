using OdmNode.Core.Identity;
using OdmNode.Engine.Running;
using OdmNode.Features.Detection;
using OdmNode.Features.Matching;
using OdmNode.Features.Pairing;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Imaging.Metadata;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Stages;

/// <summary>Matches the photos that may overlap and keeps what one camera motion explains. Unit: an image pair.</summary>
internal sealed class MatchFeaturesStage : IStage
{
    public const string PairSection = "pair";
    private const long CacheBytes = 256L << 20;
    private readonly LruCache<FeatureSet> features = new(CacheBytes);

    public StageInfo Info { get; } = new(StageNames.MatchFeatures, 2, ["matcher-neighbors"], 18);

    public StagePlan Plan(StageContext context)
    {
        FeaturePhoto[] photos = ExtractFeaturesStage.Load(context.Of(StageNames.ExtractFeatures));
        StageOutput extracted = context.Of(StageNames.ExtractFeatures);
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        PhotoPlace[] places = [.. photos.Select(photo => PlaceOf(dataset.Photo(photo.ImageName)))];
        var options = new PairOptions { Neighbors = context.Options.Count("matcher-neighbors") };
        IReadOnlyList<ImagePair> pairs = PairSelector.Select(places, options);
        return new StagePlan([.. pairs.Select(pair =>
        {
            (FeaturePhoto a, FeaturePhoto b) = (photos[pair.A], photos[pair.B]);
            return new WorkUnit($"{a.ImageName}/{b.ImageName}")
            {
                Inputs =
                [
                    extracted.KeyOf(a.ImageName), extracted.KeyOf(b.ImageName),
                    InputKey.Of("lens", CameraPriors.Describe(dataset.Photo(a.ImageName))),
                    InputKey.Of("lens", CameraPriors.Describe(dataset.Photo(b.ImageName))),
                ],
                MemoryBytes = 300L * (a.Features + b.Features),
                Cost = 1e-8 * a.Features * b.Features,
            };
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        string[] names = unit.Name.Split('/');
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        PairMatches matches = PairMatcher.Match(
            Load(context, names[0]),
            CameraPriors.Lens(dataset.Photo(names[0])),
            Load(context, names[1]),
            CameraPriors.Lens(dataset.Photo(names[1])),
            names[0],
            names[1],
            new MatchOptions(),
            cancellationToken);
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(PairSection))
        {
            matches.Write(section);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        features.Clear();
        int good = 0;
        long matches = 0;
        foreach (WorkUnit unit in context.Own.Units)
        {
            PairMatches pair = context.Own.OpenUnit(unit.Name).Read(PairSection, PairMatches.Read);
            good += pair.Kind == TwoViewKind.None ? 0 : 1;
            matches += pair.Count;
        }

        context.Say($"{good} of {context.Own.Units.Count} pairs of photos overlap, {matches} matches");
    }

    private FeatureSet Load(StageContext context, string name)
    {
        CheckpointReader reader = context.Of(StageNames.ExtractFeatures).OpenUnit(name);
        return features.Get(
            context.Of(StageNames.ExtractFeatures).KeyOf(name).Hex,
            reader.LengthOf(ExtractFeaturesStage.FeatureSection),
            () => reader.Read(ExtractFeaturesStage.FeatureSection, FeatureSet.Read));
    }

    private static PhotoPlace PlaceOf(PhotoRecord record)
    {
        PhotoMetadata photo = record.Metadata!;
        Camera lens = CameraPriors.Lens(record);
        return new PhotoPlace(
            photo.HasPosition ? new GeodeticPosition(photo.Latitude!.Value, photo.Longitude!.Value, photo.Altitude ?? double.NaN) : null,
            lens.Model == LensModel.Spherical ? lens.FocalX / lens.LongestSide : photo.FocalRatio ?? CameraKey.DefaultFocalRatio,
            (double)Math.Min(photo.Width, photo.Height) / Math.Max(photo.Width, photo.Height));
    }
}
