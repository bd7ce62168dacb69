using System.Text.Json;
using OdmNode.Core.Errors;
using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Features.Detection;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;
using OdmNode.Imaging.Metadata;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Sfm;

namespace OdmNode.Engine.Stages;

/// <summary>Finds and describes the keypoints of every photo. Unit: an image. A photo that cannot be decoded is left out.</summary>
internal sealed class ExtractFeaturesStage : IStage
{
    public const string FeatureSection = "features";
    public const string ListSection = "photos";
    private const string ProblemSection = "problem";

    public StageInfo Info { get; } = new(StageNames.ExtractFeatures, 2, ["feature-quality", "min-num-features"], 20);

    public StagePlan Plan(StageContext context)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        ContentKey longestSide = InputKey.Of("longest-side", LongestSide(context, dataset));
        return new StagePlan([.. dataset.Photos.Select(photo => new WorkUnit(photo.FileName)
        {
            Inputs = [new ContentKey(photo.ContentKey), longestSide],
            MemoryBytes = FeatureExtractor.RequiredBytes(photo.Metadata!.Width, photo.Metadata.Height, LongestSide(context, dataset)),
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        PhotoMetadata metadata = dataset.Photo(unit.Name).Metadata!;
        FeatureSet? features = null;
        string problem = "";
        try
        {
            byte[] file = PhotoFile.ReadBytes(context.ProjectFolder, unit.Name);
            ImageBuffer picture = PhotoCodec.DecodeToLongestSide(file, LongestSide(context, dataset), grey: false);
            var options = new FeatureOptions { TargetCount = context.Options.Count("min-num-features") };
            features = FeatureExtractor.Extract(picture, metadata.Width, metadata.Height, options, cancellationToken);
        }
        catch (OdmException exception) when (exception.Kind == ErrorKind.BadInput)
        {
            problem = exception.Message;
        }

        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(features is null ? ProblemSection : FeatureSection))
        {
            if (features is null)
            {
                JsonSerializer.Serialize(section, problem, EngineJson.Default.String);
            }
            else
            {
                features.Write(section);
            }
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        var photos = new List<FeaturePhoto>();
        foreach (WorkUnit unit in context.Own.Units)
        {
            CheckpointReader reader = context.Own.OpenUnit(unit.Name);
            if (reader.Has(FeatureSection))
            {
                photos.Add(new FeaturePhoto(unit.Name, reader.Read(FeatureSection, FeatureSet.Read).Count));
            }
            else
            {
                context.Warn($"{unit.Name} is left out: {ProblemOf(reader)}");
            }
        }

        if (photos.Count < 2)
        {
            throw new OdmException(ErrorKind.BadInput, $"At least two usable photos are needed; {photos.Count} could be decoded.");
        }

        context.Say($"{photos.Sum(photo => photo.Features)} features in {photos.Count} photos");
        using Stream section = context.Summary.Section(ListSection);
        JsonSerializer.Serialize(section, [.. photos], EngineJson.Default.FeaturePhotoArray);
    }

    /// <summary>The photos that have features, in ordinal order of name.</summary>
    public static FeaturePhoto[] Load(StageOutput output) => output.OpenSummary().Read(
        ListSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.FeaturePhotoArray)!);

    /// <summary>The photos that could not be decoded, with the reason.</summary>
    public static IEnumerable<UnplacedPhoto> LoadProblems(StageOutput output)
    {
        HashSet<string> usable = [.. Load(output).Select(photo => photo.ImageName)];
        return output.Units.Where(unit => !usable.Contains(unit.Name))
            .Select(unit => new UnplacedPhoto(unit.Name, ProblemOf(output.OpenUnit(unit.Name))));
    }

    private static string ProblemOf(CheckpointReader reader) =>
        reader.Read(ProblemSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.String)!);

    private static int LongestSide(StageContext context, Dataset dataset)
    {
        PhotoMetadata largest = dataset.Photos.Select(photo => photo.Metadata!).MaxBy(photo => (long)photo.Width * photo.Height)!;
        FeatureQuality quality = Enum.Parse<FeatureQuality>(context.Options.Text("feature-quality"), ignoreCase: true);
        return FeatureImageSize.LongestSide(largest.Width, largest.Height, quality);
    }
}
