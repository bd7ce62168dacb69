using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Writes heights of the survey's working grid as a raster of the wanted resolution, cropped to the outline.</summary>
internal static class ElevationProduct
{
    /// <summary>The grid of the product.</summary>
    public static TileGrid GridOf(SurfaceRecord surface, StageContext context)
    {
        CropPolygon outline = surface.Polygon();
        return new TileGrid(
            GroundGrid.Covering(outline.West, outline.South, outline.East, outline.North, ProductResolution.Elevation(context)),
            RasterElevationStage.TileCells);
    }

    /// <summary>Writes an elevation model; the caller's stage reads <c>dem-gapfill-steps</c>.</summary>
    public static void Write(
        ElevationPaths paths, StageOutput tiles, SurfaceRecord surface, Dataset dataset, StageContext context, CancellationToken cancellationToken)
    {
        TileGrid product = GridOf(surface, context);
        GeoTiffOptions options = RasterOptions(dataset, context);
        bool keepsGaps = KeepsGaps(context);
        IEnumerable<ElevationTile> Tiles() => TilesOf(product, tiles, surface, keepsGaps, cancellationToken);
        context.WriteArtefact(paths.Heights, path =>
        {
            using var writer = GeoTiffWriter.CreateElevation(path, product.Grid, options);
            foreach (ElevationTile tile in Tiles())
            {
                writer.Write(tile);
            }

            writer.Complete(cancellationToken);
        });
        context.WriteArtefact(paths.Origins, path =>
        {
            using var writer = GeoTiffWriter.CreateOrigins(path, product.Grid, options);
            foreach (ElevationTile tile in Tiles())
            {
                writer.WriteOrigins(tile);
            }

            writer.Complete(cancellationToken);
        });
    }

    /// <summary>
    /// As ODM does: how many cells away the nearest one is that was not measured, those outside the outline among them.
    /// </summary>
    public static void WriteDistances(
        ElevationPaths paths, StageOutput tiles, SurfaceRecord surface, Dataset dataset, StageContext context, CancellationToken cancellationToken) =>
        context.WriteArtefact(paths.Distances, path =>
        {
            TileGrid product = GridOf(surface, context);
            using var distance = new GapDistance(path + ".ways", product.Grid);
            foreach (ElevationTile tile in TilesOf(product, tiles, surface, keepsGaps: false, cancellationToken))
            {
                bool[] isKnown = new bool[tile.Origins.Length];
                for (int i = 0; i < isKnown.Length; i++)
                {
                    isKnown[i] = tile.Origins[i] == CellOrigin.Measured;
                }

                distance.Add(tile.Tile, isKnown);
            }

            using var writer = GeoTiffWriter.CreateElevation(path, product.Grid, RasterOptions(dataset, context));
            distance.Measure(
                GeoTiffWriter.BlockSize,
                context.Parallelism,
                (tile, values) => writer.Write(new ElevationTile(tile, values, new CellOrigin[values.Length])),
                cancellationToken);
            writer.Complete(cancellationToken);
        });

    /// <summary>Those of some deliverables that lie in the project.</summary>
    public static IEnumerable<string> Existing(IEnumerable<string> artefacts, StageContext context) =>
        artefacts.Where(path => File.Exists(Path.Combine(context.ProjectFolder, path)));

    /// <summary>Removes deliverables of an earlier run that nobody asks for any more.</summary>
    public static void Remove(IEnumerable<string> artefacts, StageContext context)
    {
        foreach (string path in Existing(artefacts, context))
        {
            File.Delete(Path.Combine(context.ProjectFolder, path));
        }
    }

    private static bool KeepsGaps(StageContext context) => context.Options.Count("dem-gapfill-steps") == 0;

    private static GeoTiffOptions RasterOptions(Dataset dataset, StageContext context) => new()
    {
        EpsgCode = dataset.MapFrame()!.Zone.EpsgCode,
        CloudOptimised = context.Options.Flag("cog"),
        Threads = context.Parallelism,
        Software = "OdmNode " + ProductVersion.Text,
        CaptureTime = dataset.MeanCaptureTime(),
    };

    private static IEnumerable<ElevationTile> TilesOf(
        TileGrid product, StageOutput tiles, SurfaceRecord surface, bool keepsGaps, CancellationToken cancellationToken)
    {
        CropPolygon outline = surface.Polygon();
        var surfaces = new SurfaceCache();
        foreach (GroundTile tile in product.Tiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cells = new CellRectangle(tile.X, tile.Y, tile.Width, tile.Height);
            SurfaceWindow window = surfaces.Window(tiles, surface.Tiles, tile, 0);
            float[] heights = window.HeightsAt(product.Grid, cells);
            CellOrigin[] origins = window.OriginsAt(product.Grid, cells);
            bool[] inside = outline.Mask(tile);
            for (int i = 0; i < heights.Length; i++)
            {
                bool isGap = !inside[i] || (keepsGaps && origins[i] != CellOrigin.Measured);
                heights[i] = isGap ? float.NaN : heights[i];
                origins[i] = float.IsNaN(heights[i]) ? CellOrigin.None : origins[i];
            }

            yield return new ElevationTile(tile, heights, origins);
        }
    }
}
