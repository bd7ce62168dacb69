using System.Numerics;
using System.Runtime.Intrinsics;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;

namespace OdmNode.Geospatial.Edges;

/// <summary>Some cells of a small block of ground, laid out for vectors, and what photos show of them.</summary>
internal sealed class BlockCells
{
    private readonly float[] ups;
    private readonly byte[] seenBy;
    private Vector128<float>[] colors = [];

    /// <param name="scene">Of whose grid they are.</param>
    /// <param name="cells">The rectangle that they are counted in.</param>
    /// <param name="members">The cells.</param>
    /// <param name="anchor">Map coordinates near them.</param>
    public BlockCells(OrthoScene scene, CellRectangle cells, IReadOnlyList<int> members, Vector3D anchor)
    {
        Count = members.Count;
        int padded = (Count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        (Easts, Norths, ups, seenBy) = (new float[padded], new float[padded], new float[padded], new byte[padded]);
        (Columns, Rows) = (new CellPlaces(padded), new CellPlaces(padded));
        for (int i = 0; i < Count; i++)
        {
            (int y, int x) = Math.DivRem(members[i], cells.Width);
            double east = scene.Tile.Grid.EastingOf(cells.X + x);
            double north = scene.Tile.Grid.NorthingOf(cells.Y + y);
            (Easts[i], Norths[i]) = ((float)(east - anchor.X), (float)(north - anchor.Y));
            (Columns[i], Rows[i]) = (scene.Horizon.ColumnOf(east), scene.Horizon.RowOf(north));
        }
    }

    public int Count { get; }

    /// <summary>Metres from the anchor; padded to whole vectors.</summary>
    public float[] Easts { get; }

    /// <summary>Metres from the anchor; padded to whole vectors.</summary>
    public float[] Norths { get; }

    /// <summary>Places on the surface that hides; padded to whole vectors.</summary>
    public CellPlaces Columns { get; }

    /// <summary>Places on the surface that hides; padded to whole vectors.</summary>
    public CellPlaces Rows { get; }

    /// <summary>Looks at the cells, were they at some heights.</summary>
    /// <param name="views">Eight at most.</param>
    /// <param name="heightOf">Height of each, metres; NaN where nothing is asked.</param>
    public void Look(EdgeView[] views, Func<int, float> heightOf)
    {
        Array.Fill(ups, float.NaN);
        for (int i = 0; i < Count; i++)
        {
            ups[i] = heightOf(i);
        }

        Array.Clear(seenBy);
        Array.Resize(ref colors, Math.Max(colors.Length, views.Length * ups.Length));
        for (int view = 0; view < views.Length; view++)
        {
            views[view].See(this, ups, colors.AsSpan(view * ups.Length, ups.Length), seenBy, (byte)(1 << view));
        }
    }

    /// <summary>The colours that unhindered views show of a cell, and by which; their number.</summary>
    public int ColorsOf(int index, Span<Vector128<float>> found, Span<int> by)
    {
        int count = 0;
        for (uint bits = seenBy[index]; bits != 0; bits &= bits - 1)
        {
            int view = BitOperations.TrailingZeroCount(bits);
            found[count] = colors[(view * ups.Length) + index];
            by[count++] = view;
        }

        return count;
    }
}
