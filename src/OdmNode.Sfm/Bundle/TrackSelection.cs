using OdmNode.Geometry.Linear;
using OdmNode.Sfm.Registration;

namespace OdmNode.Sfm.Bundle;

/// <summary>Picks the tie points that hold a block together, so that it can be adjusted often at a small part of the cost.</summary>
internal static class TrackSelection
{
    private const int CellsAcross = 8;

    /// <summary>
    /// Tracks with a point, the longest first, each taken while two of its photos still want one in that cell of an 8 × 8 grid.
    /// </summary>
    /// <param name="block">Read.</param>
    /// <param name="candidates">Tracks to choose from.</param>
    /// <param name="perCell">Wanted in each cell of each photo.</param>
    public static List<int> Choose(Block block, IEnumerable<int> candidates, int perCell)
    {
        var counts = new byte[block.IsPlaced.Length * CellsAcross * CellsAcross];
        var chosen = new List<int>();
        foreach (int track in candidates
            .Where(t => block.HasPoint[t])
            .Select(t => (Track: t, Length: UsedLength(block, t)))
            .OrderByDescending(static t => t.Length)
            .ThenBy(static t => new SplitMix64((ulong)t.Track).Next())
            .Select(static t => t.Track))
        {
            int wanting = 0;
            for (int e = block.Tracks.Offsets[track]; e < block.Tracks.Offsets[track + 1]; e++)
            {
                if (block.IsUsed[e] && counts[CellOf(block, e)] < perCell)
                {
                    wanting++;
                }
            }

            if (wanting < 2)
            {
                continue;
            }

            chosen.Add(track);
            for (int e = block.Tracks.Offsets[track]; e < block.Tracks.Offsets[track + 1]; e++)
            {
                if (block.IsUsed[e])
                {
                    ref byte count = ref counts[CellOf(block, e)];
                    count = (byte)Math.Min(255, count + 1);
                }
            }
        }

        chosen.Sort();
        return chosen;
    }

    private static int UsedLength(Block block, int track)
    {
        int length = 0;
        for (int e = block.Tracks.Offsets[track]; e < block.Tracks.Offsets[track + 1]; e++)
        {
            length += block.IsUsed[e] ? 1 : 0;
        }

        return length;
    }

    private static int CellOf(Block block, int element)
    {
        int photo = block.Tracks.Photos[element];
        var lens = block.LensOf(photo);
        Vector2D pixel = block.PixelOf(element);
        int column = Math.Clamp((int)(pixel.X * CellsAcross / lens.Width), 0, CellsAcross - 1);
        int row = Math.Clamp((int)(pixel.Y * CellsAcross / lens.Height), 0, CellsAcross - 1);
        return (((photo * CellsAcross) + row) * CellsAcross) + column;
    }
}
