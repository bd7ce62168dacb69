using System.Text.Json;
using OdmNode.Core.Errors;
using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Inputs;
using OdmNode.Imaging.Codecs;
using OdmNode.Imaging.Metadata;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Sfm;

namespace OdmNode.Engine.Stages;

/// <summary>Reads the header of every file in <c>images/</c> and decides where the survey lies. Unit: an image.</summary>
/// <param name="files">Lists of positions and of ground control points.</param>
internal sealed class ReadMetadataStage(SurveyFiles files) : IStage
{
    private const string RecordSection = "photo";
    private static readonly string[] PictureExtensions = [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".dng", ".webp"];

    public StageInfo Info { get; } = new(StageNames.ReadMetadata, 4, ["use-exif", "camera-lens", "cameras"], 1);

    public StagePlan Plan(StageContext context)
    {
        string folder = Path.Combine(context.ProjectFolder, AssetPaths.Images);
        string[] names = [.. Directory.EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.'))
            .Order(StringComparer.Ordinal)];
        var units = new WorkUnit[names.Length];
        Parallel.For(0, names.Length, new ParallelOptions { MaxDegreeOfParallelism = context.Parallelism }, i =>
        {
            string path = Path.Combine(folder, names[i]);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
            long length = stream.Length;
            units[i] = new WorkUnit(names[i]) { Inputs = [ContentKey.Of(stream)], MemoryBytes = length };
        });
        return new StagePlan(units)
        {
            ReduceInputs = [.. new[] { files.Positions, files.GroundControl }.OfType<string>().Select(path => ContentKey.Of(File.ReadAllBytes(path)))],
        };
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        byte[] file = PhotoFile.ReadBytes(context.ProjectFolder, unit.Name);
        PhotoMetadata? metadata = null;
        string? problem = null;
        try
        {
            PhotoCodec.ReadHeader(file);
            metadata = PhotoMetadataReader.Read(unit.Name, file);
        }
        catch (OdmException exception) when (exception.Kind == ErrorKind.BadInput)
        {
            problem = exception.Message;
        }

        var record = new PhotoRecord(unit.Name, unit.Inputs[0].Hex, metadata, problem);
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(RecordSection))
        {
            JsonSerializer.Serialize(section, record, EngineJson.Default.PhotoRecord);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        LensChoice lenses = LensesOf(context);
        var photos = new List<PhotoRecord>();
        foreach (WorkUnit unit in context.Own.Units)
        {
            PhotoRecord record = context.Own.OpenUnit(unit.Name).Read(
                RecordSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.PhotoRecord)!);
            if (record.Metadata is not { } metadata)
            {
                context.Warn($"{record.FileName} is left out: {record.Problem}");
                continue;
            }

            foreach (string warning in metadata.Warnings)
            {
                context.Warn($"{record.FileName}: {warning}");
            }

            photos.Add(record with { Lens = lenses.Of(metadata) });
        }

        photos = Placed(photos, context);

        if (photos.Count < 2)
        {
            throw new OdmException(
                ErrorKind.BadInput,
                $"At least two usable photos are needed, and the folder images has {photos.Count} among {context.Own.Units.Count} files.");
        }

        PhotoMetadata[] all = [.. photos.Select(photo => photo.Metadata!)];
        IReadOnlyList<SurveyedPoint> control = ControlPoints(photos, context);
        var dataset = new Dataset { Photos = photos, Georeference = Georeference.Of(all, control), ControlPoints = control };
        int positions = all.Count(photo => photo.HasPosition);
        context.Say($"{photos.Count} of {context.Own.Units.Count} files are usable photos, {positions} with a position");
        if (dataset.MapFrame() is { } map)
        {
            context.Say($"The survey lies in {map.Zone.OdmName}, offset {map.OffsetEast} {map.OffsetNorth}");
            GeoreferenceFiles.Write(context, map, all, control);
        }
        else
        {
            context.Warn("No photo has a position: results are in local coordinates, and there is no orthophoto and no elevation model.");
        }

        context.WriteArtefact(AssetPaths.ImagesJson, path => AssetJson.Write(ImagesJson.Of(all), path));
        context.WriteArtefact(AssetPaths.ImageList, path => File.WriteAllLines(path, all.Select(photo => photo.ImageName)));
        using Stream section = context.Summary.Section(Dataset.Section);
        JsonSerializer.Serialize(section, dataset, EngineJson.Default.Dataset);
    }

    private static LensChoice LensesOf(StageContext context) =>
        new(context.Options.Text("camera-lens"), CamerasJson.Read(context.Options.Json("cameras")));

    /// <summary>The photos with the positions of the list, where there is one.</summary>
    private List<PhotoRecord> Placed(List<PhotoRecord> photos, StageContext context)
    {
        if (files.Positions is null)
        {
            return photos;
        }

        IReadOnlyDictionary<string, Func<PhotoMetadata, PhotoMetadata>> changes = PositionFile.Read(files.Positions);
        int named = photos.Count(photo => changes.ContainsKey(photo.FileName));
        context.Say($"{Path.GetFileName(files.Positions)} places {named} of {photos.Count} photos");
        return
        [
            .. photos.Select(photo => changes.TryGetValue(photo.FileName, out Func<PhotoMetadata, PhotoMetadata>? change)
                ? photo with { Metadata = change(photo.Metadata!) }
                : photo),
        ];
    }

    private IReadOnlyList<SurveyedPoint> ControlPoints(List<PhotoRecord> photos, StageContext context)
    {
        if (files.GroundControl is null || context.Options.Flag("use-exif"))
        {
            return [];
        }

        IReadOnlyList<SurveyedPoint> points = GroundControlFile.Read(
            files.GroundControl, photos.Select(photo => photo.FileName).ToHashSet(StringComparer.Ordinal), context.Warn);
        int checks = points.Count(point => point.IsCheckPoint);
        context.Say($"{points.Count - checks} ground control points and {checks} check points, {points.Sum(point => point.Marks.Count)} marks");
        return points;
    }

    /// <summary>The files that are named like pictures and cannot be used, with the reason; the folder holds lists and masks besides.</summary>
    public static IEnumerable<UnplacedPhoto> LoadProblems(StageOutput output)
    {
        HashSet<string> usable = [.. Dataset.Load(output).Photos.Select(photo => photo.FileName)];
        foreach (WorkUnit unit in output.Units.Where(unit => !usable.Contains(unit.Name)
            && PictureExtensions.Contains(Path.GetExtension(unit.Name), StringComparer.OrdinalIgnoreCase)))
        {
            PhotoRecord record = output.OpenUnit(unit.Name).Read(
                RecordSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.PhotoRecord)!);
            yield return new UnplacedPhoto(unit.Name, record.Problem ?? "");
        }
    }
}
