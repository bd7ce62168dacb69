using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm.Registration;

/// <summary>How well the tie points that a photo sees would fix its pose: many and evenly spread is best.</summary>
/// <remarks>Grids of 2, 4, 8, 16 and 32 cells a side; an occupied cell counts the number of cells of its grid. J. Schönberger and
/// J.-M. Frahm, Structure-from-motion revisited, CVPR 2016, section 4.2.</remarks>
internal static class VisibilityScore
{
    private const int Levels = 5;

    /// <summary>Number of placed tie points in a photo and the score of their spread.</summary>
    public static (int Visible, long Score) Of(Block block, int photo)
    {
        var lens = block.LensOf(photo);
        const int finest = 1 << Levels;
        var occupied = new bool[finest * finest];
        int visible = 0;
        foreach (int element in block.ElementsOf(photo))
        {
            if (!block.HasPoint[block.TrackOf[element]])
            {
                continue;
            }

            visible++;
            Vector2D pixel = block.PixelOf(element);
            int column = Math.Clamp((int)(pixel.X * finest / lens.Width), 0, finest - 1);
            int row = Math.Clamp((int)(pixel.Y * finest / lens.Height), 0, finest - 1);
            occupied[(row * finest) + column] = true;
        }

        long score = 0;
        for (int level = Levels; level >= 1; level--)
        {
            int side = 1 << level;
            score += (long)side * side * occupied.Take(side * side).Count(static o => o);
            Halve(occupied, side);
        }

        return (visible, score);
    }

    private static void Halve(bool[] cells, int side)
    {
        int half = side / 2;
        for (int row = 0; row < half; row++)
        {
            for (int column = 0; column < half; column++)
            {
                int corner = (2 * row * side) + (2 * column);
                cells[(row * half) + column] =
                    cells[corner] || cells[corner + 1] || cells[corner + side] || cells[corner + side + 1];
            }
        }
    }
}
