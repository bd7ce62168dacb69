using OdmNode.Geometry.Geodesy;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Edges;

/// <summary>Draws the edges of roofs and walls in a surface anew, as sharp as the photos show them.</summary>
/// <remarks>
/// Depth maps are coarser than the photos and unsure by a pixel or two at every edge; what lies between roof and ground is the
/// wall, which has no area in plan. Beside a step, a cell belongs either to the surface above or to that below. Which of the two
/// is asked of the photos at full resolution: at the true height they agree on its colour.
/// </remarks>
public static class EdgeRefiner
{
    /// <summary>Cells around a tile that its edges depend on.</summary>
    public const int MarginCells = 64;

    private const float LeastGain = 0.8f;

    /// <summary>Share of a step by which two heights may differ and be of one surface.</summary>
    private const float NearShare = 0.5f;
    private const int SlackCells = 2;

    /// <summary>A surface whose edges were drawn already is unsure of the cells on either side of them alone.</summary>
    private const int DrawnSlackCells = 1;

    /// <summary>Cells around a tile that are looked at where the edges of a coarser surface are drawn: the search is narrower there.</summary>
    private const int DrawnMarginCells = 32;

    /// <summary>How far around a tile the surface must be known, metres; by the cells of that surface.</summary>
    public static double SurfaceMarginMetres(double resolutionMetres, OrthophotoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.OcclusionReachMetres + ((MarginCells + 2) * resolutionMetres);
    }

    /// <summary>Refines one tile.</summary>
    /// <param name="filled">The tile as measured and filled.</param>
    /// <param name="surface">Heights of the same grid or a coarser one, of the tile and <see cref="SurfaceMarginMetres"/> around it.</param>
    /// <param name="views">All views that may see the tile, in the order of the survey.</param>
    /// <param name="photos">Asked for a photo when it is first needed.</param>
    /// <param name="mapFrame">Null when the ground is in world coordinates.</param>
    /// <param name="options">As for the orthophoto.</param>
    /// <param name="stepMetres">A height difference that is an edge, not noise.</param>
    /// <param name="unsureMetres">Distance from an edge within which heights are unsure: about two pixels of the depth maps, or cells of a coarser surface.</param>
    /// <param name="cancellationToken">Asked once per block.</param>
    public static ElevationTile Refine(
        ElevationTile filled, SurfaceWindow surface, IReadOnlyList<OrthoView> views, IPhotoSource photos, MapFrame? mapFrame,
        OrthophotoOptions options, float stepMetres, double unsureMetres, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filled);
        ArgumentNullException.ThrowIfNull(surface);
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(options);
        GroundTile tile = filled.Tile;
        bool isDrawn = surface.Grid != tile.Grid;
        var cells = CellRectangle.Around(tile, isDrawn ? DrawnMarginCells : MarginCells);
        SurfaceWindow ground = surface.Under(tile.Grid, cells, []);
        float[] heights = ground.Heights;
        StepBand band = isDrawn ? DrawnBand(surface, tile, cells, stepMetres, unsureMetres) : StepBand.Of(
            heights, cells, cells, (float)tile.Grid.Resolution, stepMetres, BandCells(unsureMetres, tile.Grid, SlackCells));
        if (band.Count == 0)
        {
            return filled;
        }

        var scene = new OrthoScene(
            tile, ground, new HorizonMap(surface), [.. views.Select(view => new SceneView(view, photos, mapFrame))], mapFrame, options);
        float near = NearShare * stepMetres;
        var costs = new HypothesisCosts(band, scene, cells, heights, near);
        costs.Measure(cancellationToken);
        byte[] labels = BandLabeller.Label(band, heights, costs.Upper, costs.Lower, costs.Guide);
        return Redrawn(filled, cells, band, labels, costs, near);
    }

    /// <summary>The band of a coarser surface with edges that were drawn: its two surfaces are as smooth in finer cells.</summary>
    private static StepBand DrawnBand(SurfaceWindow surface, GroundTile tile, CellRectangle cells, float stepMetres, double unsureMetres)
    {
        GroundGrid grid = surface.Grid;
        var own = CellRectangle.Around(grid, tile, MarginCells * grid.Resolution);
        var wanted = CellRectangle.Around(grid, tile, DrawnMarginCells * tile.Grid.Resolution);
        float[] heights = surface.HeightsAt(grid, own);
        StepBand band = StepBand.Of(heights, own, wanted, (float)grid.Resolution, stepMetres, BandCells(unsureMetres, grid, DrawnSlackCells));

        // Where the surface is neither of the two, as in the crowns of trees, the photos said so.
        band.KeepNear(heights, NearShare * stepMetres);
        return band.On(grid, own, tile.Grid, cells);
    }

    private static int BandCells(double unsureMetres, GroundGrid grid, int slack) =>
        Math.Min((int)Math.Round(unsureMetres / grid.Resolution) + slack, MarginCells / 4);

    /// <summary>The tile with every cell of the band on its surface: as it was where that is near, else continued.</summary>
    private static ElevationTile Redrawn(ElevationTile filled, CellRectangle cells, StepBand band, byte[] labels, HypothesisCosts costs, float nearMetres)
    {
        GroundTile tile = filled.Tile;
        float[] heights = (float[])filled.Heights.Clone();
        var origins = (CellOrigin[])filled.Origins.Clone();
        for (int i = 0; i < heights.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, tile.Width);
            int cell = ((y + tile.Y - cells.Y) * cells.Width) + x + tile.X - cells.X;
            if (float.IsNaN(band.Upper[cell]))
            {
                continue;
            }

            float height = labels[cell] == 1 ? band.Upper[cell] : band.Lower[cell];
            if (!(Math.Abs(heights[i] - height) <= nearMetres) && !IsBetterAsIs(cell, cells.Width, band, labels, costs))
            {
                heights[i] = height;
                origins[i] = CellOrigin.Filled;
            }
        }

        return new ElevationTile(tile, heights, origins);
    }

    /// <summary>Domes of trees are neither the one surface nor the other: there the photos agree best on what was measured.</summary>
    private static bool IsBetterAsIs(int cell, int width, StepBand band, byte[] labels, HypothesisCosts costs)
    {
        float asIs = 0;
        float redrawn = 0;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                int other = cell + (dy * width) + dx;
                if (!float.IsNaN(band.Upper[other]))
                {
                    asIs += costs.Current[other];
                    redrawn += labels[other] == 1 ? costs.Upper[other] : costs.Lower[other];
                }
            }
        }

        return asIs < LeastGain * redrawn;
    }
}
