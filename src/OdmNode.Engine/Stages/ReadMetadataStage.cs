using System.Text.Json;
using OdmNode.Core.Errors;
using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Imaging.Codecs;
using OdmNode.Imaging.Metadata;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Sfm;

namespace OdmNode.Engine.Stages;

/// <summary>Reads the header of every file in <c>images/</c> and decides where the survey lies. Unit: an image.</summary>
internal sealed class ReadMetadataStage : IStage
{
    private const string RecordSection = "photo";
    private static readonly string[] PictureExtensions = [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".dng", ".webp"];

    public StageInfo Info { get; } = new(StageNames.ReadMetadata, 2, [], 1);

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
        return new StagePlan(units);
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

            photos.Add(record);
        }

        if (photos.Count < 2)
        {
            throw new OdmException(
                ErrorKind.BadInput,
                $"At least two usable photos are needed, and the folder images has {photos.Count} among {context.Own.Units.Count} files.");
        }

        PhotoMetadata[] all = [.. photos.Select(photo => photo.Metadata!)];
        var dataset = new Dataset { Photos = photos, Georeference = Georeference.Of(all) };
        int positions = all.Count(photo => photo.HasPosition);
        context.Say($"{photos.Count} of {context.Own.Units.Count} files are usable photos, {positions} with a position");
        if (dataset.MapFrame() is { } map)
        {
            context.Say($"The survey lies in {map.Zone.OdmName}, offset {map.OffsetEast} {map.OffsetNorth}");
            GeoreferenceFiles.Write(context, map, all);
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
