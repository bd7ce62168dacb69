using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Edges;

/// <summary>The cells beside the steps of a surface, and the two heights that each may have: of the surface above and of that below.</summary>
/// <remarks>
/// Near a step the measured heights are unsure by some pixels of the depth maps. Beyond this band they are sure; both surfaces are
/// continued into it from there, by their slopes.
/// </remarks>
internal sealed class StepBand
{
    private StepBand(float[] upper, float[] lower, int width, int height)
    {
        (Upper, Lower, Width, Height) = (upper, lower, width, height);
        for (int i = 0; i < upper.Length; i++)
        {
            Count += float.IsNaN(upper[i]) ? 0 : 1;
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>height × width metres: the surface above continued; NaN where a cell is not beside a step of two smooth surfaces.</summary>
    public float[] Upper { get; }

    /// <summary>height × width metres: the surface below continued; NaN where <see cref="Upper"/> is.</summary>
    public float[] Lower { get; }

    /// <summary>Number of cells that have two heights.</summary>
    public int Count { get; private set; }

    /// <param name="heights">height × width metres; NaN where unknown.</param>
    /// <param name="cells">Where they lie.</param>
    /// <param name="wanted">The cells that may become part of the band.</param>
    /// <param name="cellMetres">Edge of a cell.</param>
    /// <param name="stepMetres">A height difference between neighbours that is a step.</param>
    /// <param name="bandCells">Distance from a step within which heights are unsure, cells.</param>
    public static StepBand Of(float[] heights, CellRectangle cells, CellRectangle wanted, float cellMetres, float stepMetres, int bandCells)
    {
        var sides = new StepSides(heights, cells, wanted, cellMetres, stepMetres, bandCells);
        return new StepBand(sides.Upper, sides.Lower, cells.Width, cells.Height);
    }

    /// <summary>The band of the same ground in the cells of another grid, its two surfaces interpolated.</summary>
    /// <param name="own">Grid of this band.</param>
    /// <param name="ownCells">The cells of this band.</param>
    /// <param name="grid">The other grid.</param>
    /// <param name="cells">The cells wanted; what lies beyond this band has no two heights.</param>
    public StepBand On(GroundGrid own, CellRectangle ownCells, GroundGrid grid, CellRectangle cells) => new(
        SurfaceWindow.Of(own, ownCells, Upper).HeightsAt(grid, cells),
        SurfaceWindow.Of(own, ownCells, Lower).HeightsAt(grid, cells),
        cells.Width,
        cells.Height);

    /// <summary>Takes the cells out of the band whose height is that of neither surface.</summary>
    public void KeepNear(float[] heights, float nearMetres)
    {
        for (int cell = 0; cell < heights.Length; cell++)
        {
            if (!float.IsNaN(Upper[cell]) && !IsNear(cell, heights[cell], nearMetres))
            {
                (Upper[cell], Lower[cell]) = (float.NaN, float.NaN);
                Count--;
            }
        }
    }

    /// <summary>Whether a height is that of one of a cell's two surfaces.</summary>
    public bool IsNear(int cell, float height, float nearMetres) =>
        Math.Abs(height - Upper[cell]) <= nearMetres || Math.Abs(height - Lower[cell]) <= nearMetres;
}
