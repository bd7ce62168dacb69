using System.Globalization;
using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Running;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Renders the true orthophoto. Unit: a ground tile.</summary>
internal sealed class RenderOrthophotoStage(SceneCache scenes, PhotoCache photos, SurfaceCache surfaces) : IStage
{
    private const int TileCells = 1024;
    private const string PixelSection = "pixels";
    private const double LeastReachMetres = 5;
    private const double MostReachMetres = 60;
    private const long SharedBlockBytes = 64L << 20;
    private readonly RenderedBlocks rendered = new(SharedBlockBytes);
    private SurfaceRecord? surface;
    private TileGrid? tiles;
    private OrthophotoOptions options = new();
    private IReadOnlyList<OrthoView> views = [];

    public StageInfo Info { get; } = new(
        StageNames.RenderOrthophoto,
        5,
        ["orthophoto-resolution", "ignore-gsd", "skip-orthophoto"],
        10)
    {
        PlanningOptions = ["orthophoto-compression", "orthophoto-no-tiled", "cog"],
    };

    public StagePlan Plan(StageContext context)
    {
        StageOutput filled = context.Of(StageNames.RefineEdges);
        surface = RasterElevationStage.Load(context.Of(StageNames.RasterElevation));
        if (surface is null || context.Options.Flag("skip-orthophoto"))
        {
            tiles = null;
            return new StagePlan([]) { ReduceInputs = [filled.SummaryKey] };
        }

        Reconstruction scene = scenes.Get(context);
        CropPolygon outline = surface.Polygon();
        tiles = TilesOf(surface, context);
        options = OptionsOf(surface);
        StageOutput sharpened = context.Of(StageNames.SharpenEdges);
        StageOutput balanced = context.Of(StageNames.BalanceExposure);
        views = OrthoView.Of(scene, BalanceExposureStage.Load(balanced));
        ContentKey sceneKey = context.Of(StageNames.Reconstruct).KeyOf(ReconstructStage.UnitName);
        ContentKey dataset = context.Of(StageNames.ReadMetadata).SummaryKey;
        double margin = OrthophotoRenderer.SurfaceMarginMetres(tiles.Grid.Resolution, options);
        double windowCells = (TileCells * tiles.Grid.Resolution) + (2 * margin);
        long windowBytes = (long)(12 * windowCells * windowCells / (surface.Tiles.Grid.Resolution * surface.Tiles.Grid.Resolution));

        // Backwards, with the photos at hand that edges were drawn with last.
        return new StagePlan([.. tiles.AlongCurve().Reverse().Where(tile => outline.Mask(tile).Contains(true)).Select(tile => new WorkUnit(tile.Name)
        {
            Inputs = [tiles.Key(), filled.SummaryKey, sharpened.SummaryKey, balanced.SummaryKey, sceneKey, dataset],
            MemoryBytes = windowBytes + (20L * TileCells * TileCells) + PhotoCache.BytesOfTile(scene),
            Cost = (double)tile.Width * tile.Height / (TileCells * TileCells),
        })])
        {
            ReduceInputs = [FormatKey(context.Options)],
            ReduceCost = 0.15 * tiles.Tiles().Count,
        };
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        GroundTile tile = tiles!.TileOf(unit.Name);
        SurfaceWindow window = surfaces.Window(
            context.Of(StageNames.RefineEdges),
            surface!.Tiles,
            tile,
            OrthophotoRenderer.SurfaceMarginMetres(tiles.Grid.Resolution, options));
        Geometry.Geodesy.MapFrame? map = scenes.Get(context).MapFrame;
        RgbaTile pixels = OrthophotoRenderer.Render(
            tile,
            window,
            surfaces.Tiles(context.Of(StageNames.SharpenEdges), tiles, CellRectangle.Around(tile, OrthophotoRenderer.GroundMarginCells)),
            OrthophotoRenderer.ViewsOf(tile, surface.Lowest, views, map),
            photos.Get(context),
            map,
            options,
            cancellationToken,
            rendered);
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(PixelSection))
        {
            pixels.Write(section);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        photos.Clear();
        surfaces.Clear();
        rendered.Clear();
        if (tiles is null)
        {
            return;
        }

        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        CropPolygon outline = surface!.Polygon();
        long inside = 0;
        long coloured = 0;
        context.WriteArtefact(AssetPaths.Orthophoto, path =>
        {
            using var writer = GeoTiffWriter.CreateRgba(path, tiles.Grid, new GeoTiffOptions
            {
                EpsgCode = dataset.MapFrame()!.Zone.EpsgCode,
                Compression = Enum.Parse<RasterCompression>(context.Options.Text("orthophoto-compression"), ignoreCase: true),
                CloudOptimised = context.Options.Flag("cog"),
                Tiled = !context.Options.Flag("orthophoto-no-tiled"),
                Threads = context.Parallelism,
                Software = "OdmNode " + ProductVersion.Text,
                CaptureTime = dataset.MeanCaptureTime(),
            });
            foreach (GroundTile[] some in tiles.Tiles().Where(tile => context.Own.Contains(tile.Name)).Chunk(2 * context.Parallelism))
            {
                var finished = new RgbaTile[some.Length];
                Together.For(some.Length, context.Parallelism, i =>
                {
                    bool[] mask = outline.Mask(some[i]);
                    finished[i] = context.Own.OpenUnit(some[i].Name).Read(PixelSection, stream => RgbaTile.Read(stream, some[i])).Masked(mask);
                    Interlocked.Add(ref inside, mask.Count(true));
                    Interlocked.Add(ref coloured, finished[i].CountColored());
                }, cancellationToken);
                foreach (RgbaTile pixels in finished)
                {
                    writer.Write(pixels);
                }
            }

            writer.Complete(cancellationToken);
        });
        string world = WorldFile.Text(tiles.Grid);
        context.WriteArtefact(AssetPaths.OrthophotoWorldFile, path => File.WriteAllText(path, world));
        context.WriteArtefact(AssetPaths.OrthophotoExtent, path => File.WriteAllText(path, ExtentDxf.Text(tiles.Grid)));
        context.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Orthophoto of {tiles.Grid.Width} x {tiles.Grid.Height} pixels of {100 * tiles.Grid.Resolution:0.##} cm, "
            + $"{100.0 * coloured / Math.Max(1, inside):0.0} % of the surveyed area"));
    }

    /// <summary>The orthophoto's tiles: those of its own cells, over the outline of the survey.</summary>
    public static TileGrid TilesOf(SurfaceRecord surface, StageContext context)
    {
        CropPolygon outline = surface.Polygon();
        return new TileGrid(
            GroundGrid.Covering(outline.West, outline.South, outline.East, outline.North, ProductResolution.Orthophoto(context)), TileCells);
    }

    public static OrthophotoOptions OptionsOf(SurfaceRecord surface) => new()
    {
        OcclusionReachMetres = Math.Clamp(surface.Highest - surface.Lowest, LeastReachMetres, MostReachMetres),
    };

    /// <summary>The pixels stay when they are only to be stored in another way.</summary>
    private static ContentKey FormatKey(OptionView options) => InputKey.Of(
        "format", $"{options.Text("orthophoto-compression")} {options.Flag("orthophoto-no-tiled")} {options.Flag("cog")}");
}
