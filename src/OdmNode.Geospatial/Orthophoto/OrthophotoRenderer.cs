using OdmNode.Geometry.Geodesy;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>
/// Composes a true orthophoto: every ground cell takes its colour from the photo that sees it most steeply and unhidden.
/// </summary>
/// <remarks>
/// Work goes by blocks of <see cref="BlockSize"/> cells anchored at the grid, each with a border of its own, so that a pixel does
/// not depend on the tile it is rendered in. Photos are joined in two bands (P. Burt and E. Adelson, A multiresolution spline,
/// ACM TOG 2 (1983)): tone over a wide blend, detail over a narrow one, so that neither a step nor a double image shows.
/// </remarks>
public static class OrthophotoRenderer
{
    /// <summary>Edge of a block, cells. Tile sizes that are multiples of it waste nothing.</summary>
    public const int BlockSize = 128;

    /// <summary>Cells around a tile whose heights its pixels may depend on, beside those that hide it.</summary>
    public const int GroundMarginCells = HiddenFiller.ReachCells + BlockSize + OrthoBlock.Border;

    /// <summary>How far around a tile the surface must be known, metres.</summary>
    public static double SurfaceMarginMetres(double resolutionMetres, OrthophotoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.OcclusionReachMetres + ((GroundMarginCells + 2) * resolutionMetres);
    }

    /// <summary>The views that may see something of a tile, in the given order: an upper bound of the photos that rendering asks for.</summary>
    /// <param name="tile">The cells.</param>
    /// <param name="lowest">Lowest height of the survey's surface, metres.</param>
    /// <param name="views">All views.</param>
    /// <param name="mapFrame">Null when the ground is in world coordinates.</param>
    public static IReadOnlyList<OrthoView> ViewsOf(
        GroundTile tile, double lowest, IReadOnlyList<OrthoView> views, MapFrame? mapFrame)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(views);
        double margin = (GroundMarginCells + OrthoBlock.Border) * tile.Grid.Resolution;
        return [.. views.Where(view => new ViewFootprint(view, lowest, mapFrame).Touches(
            tile.West - margin, tile.South - margin, tile.East + margin, tile.North + margin))];
    }

    /// <summary>Renders one tile.</summary>
    /// <param name="tile">The cells wanted.</param>
    /// <param name="surface">Heights, of this grid or another, of the tile and <see cref="SurfaceMarginMetres"/> around it.</param>
    /// <param name="sharper">Tiles of this grid whose heights count instead of the surface's, on and within <see cref="GroundMarginCells"/> of the tile.</param>
    /// <param name="views">All views of the survey, or those of <see cref="ViewsOf"/>, in the order of the survey.</param>
    /// <param name="photos">Asked for a photo when a block first needs it; held until the tile is done.</param>
    /// <param name="mapFrame">Null when the ground is in world coordinates.</param>
    /// <param name="options">The same for all tiles of a survey.</param>
    /// <param name="cancellationToken">Asked once per block.</param>
    /// <param name="rendered">Shared by the tiles of one survey; null when this is the only tile.</param>
    /// <returns>Transparent where no photo shows the cell or the surface is unknown.</returns>
    public static RgbaTile Render(
        GroundTile tile, SurfaceWindow surface, IEnumerable<ElevationTile> sharper, IReadOnlyList<OrthoView> views, IPhotoSource photos,
        MapFrame? mapFrame, OrthophotoOptions options, CancellationToken cancellationToken, RenderedBlocks? rendered = null)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(surface);
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentNullException.ThrowIfNull(options);
        SurfaceWindow ground = surface.Under(tile.Grid, CellRectangle.Around(tile, GroundMarginCells), sharper);
        var scene = new OrthoScene(
            tile, ground, new HorizonMap(surface), [.. views.Select(view => new SceneView(view, photos, mapFrame))], mapFrame, options);
        const int margin = HiddenFiller.ReachCells / BlockSize;
        int firstColumn = tile.X / BlockSize;
        int firstRow = tile.Y / BlockSize;
        int columns = ((tile.X + tile.Width - 1) / BlockSize) - firstColumn + 1;
        int rows = ((tile.Y + tile.Height - 1) / BlockSize) - firstRow + 1;
        var blocks = new CellRectangle(firstColumn - margin, firstRow - margin, columns + (2 * margin), rows + (2 * margin));
        var cells = new CellRectangle(blocks.X * BlockSize, blocks.Y * BlockSize, blocks.Width * BlockSize, blocks.Height * BlockSize);
        byte[] pixels = new byte[checked(4 * cells.Width * cells.Height)];
        bool[] isHidden = new bool[blocks.Width * blocks.Height];
        bool[] isOwn = [.. Enumerable.Range(0, isHidden.Length).Select(i =>
            i % blocks.Width >= margin && i % blocks.Width < margin + columns && i / blocks.Width >= margin && i / blocks.Width < margin + rows)];
        RenderBlocks(scene, blocks, cells, isOwn, pixels, isHidden, rendered, cancellationToken);
        if (isHidden.Contains(true))
        {
            // Hidden ground takes its colour from around, which may lie beyond the tile.
            RenderBlocks(scene, blocks, cells, Around(isHidden, isOwn, blocks, margin), pixels, isHidden, rendered, cancellationToken);
            HiddenFiller.Fill(pixels, ground.HeightsAt(tile.Grid, cells), cells, options.HiddenStripMetres / tile.Grid.Resolution);
        }

        byte[] own = new byte[4 * tile.Width * tile.Height];
        for (int y = 0; y < tile.Height; y++)
        {
            pixels.AsSpan(4 * (((tile.Y + y - cells.Y) * cells.Width) + tile.X - cells.X), 4 * tile.Width).CopyTo(own.AsSpan(4 * y * tile.Width));
        }

        return new RgbaTile(tile, own);
    }

    private static void RenderBlocks(
        OrthoScene scene, CellRectangle blocks, CellRectangle cells, bool[] wanted, byte[] pixels, bool[] isHidden,
        RenderedBlocks? rendered, CancellationToken cancellationToken)
    {
        int[] indices = [.. Enumerable.Range(0, wanted.Length).Where(i => wanted[i])];
        Parallel.For(
            0,
            indices.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, scene.Options.Threads), CancellationToken = cancellationToken },
            () => new OrthoBlock(scene, cancellationToken),
            (k, _, block) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                int i = indices[k];
                (int Column, int Row) place = (blocks.X + (i % blocks.Width), blocks.Y + (i / blocks.Width));
                if (rendered is null || !rendered.TryGet(place, cells, pixels, out isHidden[i]))
                {
                    isHidden[i] = block.Render(place.Column, place.Row, cells, pixels);
                    rendered?.Add(place, cells, pixels, isHidden[i]);
                }

                return block;
            },
            _ => { });
    }

    /// <summary>Blocks up to a margin from hidden ones that were not rendered yet.</summary>
    private static bool[] Around(bool[] isHidden, bool[] isDone, CellRectangle blocks, int margin)
    {
        bool[] near = new bool[isHidden.Length];
        for (int i = 0; i < isHidden.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, blocks.Width);
            for (int row = Math.Max(0, y - margin); isHidden[i] && row <= Math.Min(blocks.Height - 1, y + margin); row++)
            {
                for (int column = Math.Max(0, x - margin); column <= Math.Min(blocks.Width - 1, x + margin); column++)
                {
                    near[(row * blocks.Width) + column] |= !isDone[(row * blocks.Width) + column];
                }
            }
        }

        return near;
    }
}
