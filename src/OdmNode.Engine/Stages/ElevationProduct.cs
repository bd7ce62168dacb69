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

    /// <summary>Heights at one path.</summary>
    public static void WriteHeights(
        string artefact, StageOutput tiles, SurfaceRecord surface, Dataset dataset, StageContext context, CancellationToken cancellationToken) =>
        context.WriteArtefact(artefact, path =>
        {
            TileGrid product = GridOf(surface, context);
            using var writer = GeoTiffWriter.CreateElevation(path, product.Grid, RasterOptions(dataset, context));
            WriteTiles(product, tiles, surface, writer.Write, cancellationToken);
            writer.Complete(cancellationToken);
        });

    /// <summary>Where the heights come from, at another.</summary>
    public static void WriteOrigins(
        string artefact, StageOutput tiles, SurfaceRecord surface, Dataset dataset, StageContext context, CancellationToken cancellationToken) =>
        context.WriteArtefact(artefact, path =>
        {
            TileGrid product = GridOf(surface, context);
            using var writer = GeoTiffWriter.CreateOrigins(path, product.Grid, RasterOptions(dataset, context));
            WriteTiles(product, tiles, surface, writer.WriteOrigins, cancellationToken);
            writer.Complete(cancellationToken);
        });

    private static GeoTiffOptions RasterOptions(Dataset dataset, StageContext context) => new()
    {
        EpsgCode = dataset.MapFrame()!.Zone.EpsgCode,
        CloudOptimised = context.Options.Flag("cog"),
        Threads = context.Parallelism,
        Software = "OdmNode " + ProductVersion.Text,
        CaptureTime = dataset.MeanCaptureTime(),
    };

    private static void WriteTiles(
        TileGrid product, StageOutput tiles, SurfaceRecord surface, Action<ElevationTile> write, CancellationToken cancellationToken)
    {
        CropPolygon outline = surface.Polygon();
        foreach (GroundTile tile in product.Tiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cells = new CellRectangle(tile.X, tile.Y, tile.Width, tile.Height);
            SurfaceWindow window = FillElevationStage.Window(tiles, surface.Tiles, tile, 0);
            float[] heights = window.HeightsAt(product.Grid, cells);
            CellOrigin[] origins = window.OriginsAt(product.Grid, cells);
            bool[] inside = outline.Mask(tile);
            for (int i = 0; i < heights.Length; i++)
            {
                heights[i] = inside[i] ? heights[i] : float.NaN;
                origins[i] = float.IsNaN(heights[i]) ? CellOrigin.None : origins[i];
            }

            write(new ElevationTile(tile, heights, origins));
        }
    }
}
