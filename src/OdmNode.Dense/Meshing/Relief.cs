using OdmNode.Dense.Fusion;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>A coarse height for every place of a survey, also where no points are: how gaps in the surface are closed.</summary>
/// <remarks>
/// Gaps are what is enclosed by points, and bays between them. Heights there are blended from all around, from coarse to
/// fine. S. Gortler et al., The lumigraph, SIGGRAPH 1996 (pull-push).
/// </remarks>
public sealed class Relief
{
    private const int ClosingCells = 8;
    private readonly MapRectangle area;
    private readonly double cell;
    private readonly HeightPyramid heights;
    private readonly bool[] isGap;

    /// <param name="area">The survey.</param>
    /// <param name="cellMetres">Edge of a cell; wide enough that a cell without points is a gap.</param>
    /// <param name="clouds">All points, in a fixed order.</param>
    /// <param name="cancellationToken">Checked for each cloud.</param>
    public Relief(MapRectangle area, double cellMetres, IEnumerable<PointCloud> clouds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clouds);
        this.area = area;
        cell = cellMetres;
        int width = Math.Max(1, (int)Math.Ceiling((area.East - area.West) / cell));
        int height = Math.Max(1, (int)Math.Ceiling((area.North - area.South) / cell));
        heights = new HeightPyramid(width, height);
        foreach (PointCloud cloud in clouds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < cloud.Positions.Length; i += 3)
            {
                int index = IndexOf(cloud.Origin.X + cloud.Positions[i], cloud.Origin.Y + cloud.Positions[i + 1]);
                if (index >= 0)
                {
                    heights.Add(index, (float)(cloud.Origin.Z + cloud.Positions[i + 2]));
                }
            }
        }

        isGap = EnclosedCells.Find(heights.Known(), width, height, ClosingCells);
        heights.Fill();
    }

    /// <summary>The height that closes the surface at a place; null where points tell it or nothing is to be closed.</summary>
    public double? GapHeight(double east, double north)
    {
        int index = IndexOf(east, north);
        return index >= 0 && isGap[index]
            ? heights.Sample(((east - area.West) / cell) - 0.5, ((north - area.South) / cell) - 0.5)
            : null;
    }

    private int IndexOf(double east, double north)
    {
        int column = (int)Math.Floor((east - area.West) / cell);
        int row = (int)Math.Floor((north - area.South) / cell);
        return (uint)column < (uint)heights.Width && (uint)row < (uint)heights.Height ? (row * heights.Width) + column : -1;
    }
}
