using System.Globalization;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Geospatial.Tiles;
using OdmNode.Imaging.Codecs;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Stages;

/// <summary>Cuts the finished rasters into the tiles of web maps. Unit: a block of neighbouring tiles of one zoom.</summary>
internal sealed class ExportTilesStage : IStage
{
    private const long BytesOfTile = 12L << 20;
    private const string Option = "tiles";
    private readonly Dictionary<string, (TileSet Set, TileBlock Block)> blocks = new(StringComparer.Ordinal);
    private IReadOnlyList<TileSet> sets = [];

    public StageInfo Info { get; } = new(StageNames.ExportTiles, 1, [Option], 3);

    public StagePlan Plan(StageContext context)
    {
        sets = context.Options.Flag(Option) ? [.. SetsOf(context)] : [];
        blocks.Clear();
        var units = new List<WorkUnit>();
        foreach (TileSet set in sets)
        {
            foreach ((string name, TileBlock block) in set.Blocks())
            {
                blocks[name] = (set, block);
                units.Add(new WorkUnit(name)
                {
                    Inputs = [InputKey.Of(set.Raster.Path, set.Raster.Hash)],
                    MemoryBytes = BytesOfTile,
                    Cost = block.Count,
                });
            }
        }

        return new StagePlan(units)
        {
            ReduceInputs = [InputKey.Of("leftovers", Leftovers.Among(context.ProjectFolder, Unwanted()))],
            ReduceCost = 0.1 + (0.1 * units.Sum(unit => unit.Cost)),
        };
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        (TileSet set, TileBlock block) = blocks[unit.Name];
        using TileRenderer renderer = TileRenderer.Open(Path.Combine(context.ProjectFolder, set.Raster.Path));
        using CheckpointWriter writer = context.CreateUnit(unit);
        foreach (TileAddress address in block.Tiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (renderer.Render(address, TileAddress.Pixels) is { } tile)
            {
                using Stream section = writer.Section(SectionOf(address), pack: false);
                section.Write(PngEncoder.Consume(tile.Pixels, tile.Size, tile.Size));
            }
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        Leftovers.Remove(context.ProjectFolder, Unwanted());
        foreach (TileSet set in sets)
        {
            var written = new HashSet<string>(StringComparer.Ordinal);
            foreach ((string name, TileBlock block) in set.Blocks())
            {
                cancellationToken.ThrowIfCancellationRequested();
                CheckpointReader tiles = context.Own.OpenUnit(name);
                foreach (TileAddress address in block.Tiles().Where(address => tiles.Has(SectionOf(address))))
                {
                    string asset = string.Create(
                        CultureInfo.InvariantCulture, $"{set.Folder}{address.Zoom}/{address.Column}/{address.TmsRow}.png");
                    context.WriteArtefact(asset, path => Copy(tiles, SectionOf(address), path));
                    written.Add(asset);
                }
            }

            string description = set.Folder + "tilemapresource.xml";
            context.WriteArtefact(
                description,
                path => TileMapResource.Write(path, set.Folder.TrimEnd('/'), set.Bounds, TileSet.LeastZoom, set.MostZoom));
            written.Add(description);
            Leftovers.RemoveOthers(context.ProjectFolder, set.Folder, written);
            context.Say(FormattableString.Invariant(
                $"{written.Count - 1} tiles of {Path.GetFileName(set.Raster.Path)}, zoom {TileSet.LeastZoom} to {set.MostZoom}"));
        }
    }

    private static IEnumerable<TileSet> SetsOf(StageContext context)
    {
        IReadOnlyList<ArtefactRecord> made = context.EarlierArtefacts();
        foreach ((string path, string folder) in TileSet.Kinds)
        {
            if (made.FirstOrDefault(record => record.Path == path) is { } raster)
            {
                yield return TileSet.Of(context.ProjectFolder, raster, folder);
            }
        }
    }

    private static string SectionOf(TileAddress address) => FormattableString.Invariant($"{address.Column}-{address.Row}");

    private static void Copy(CheckpointReader tiles, string section, string path)
    {
        using Stream tile = tiles.Section(section);
        using FileStream file = File.Create(path);
        tile.CopyTo(file);
    }

    private IEnumerable<string> Unwanted() =>
        TileSet.Kinds.Select(kind => kind.Folder).Where(folder => !sets.Any(set => set.Folder == folder));
}
