namespace OdmNode.Dense.Meshing;

/// <summary>Finds what a set of cells surrounds.</summary>
internal static class EnclosedCells
{
    /// <summary>Cells not of the set that a disk cannot reach from outside the raster without touching the set.</summary>
    /// <param name="isSet">width × height.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="radius">Half the edge of the disk, which is a square, cells.</param>
    public static bool[] Find(bool[] isSet, int width, int height, int radius)
    {
        int wide = width + (2 * radius) + 2;
        int high = height + (2 * radius) + 2;
        var grown = new bool[wide * high];
        for (int row = 0; row < height; row++)
        {
            Array.Copy(isSet, row * width, grown, ((row + radius + 1) * wide) + radius + 1, width);
        }

        Dilate(grown, wide, high, radius);
        bool[] outside = Flood(grown, wide, high);
        Dilate(outside, wide, high, radius);
        var enclosed = new bool[isSet.Length];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int index = (row * width) + column;
                enclosed[index] = !isSet[index] && !outside[((row + radius + 1) * wide) + column + radius + 1];
            }
        }

        return enclosed;
    }

    /// <summary>Grows a set by a square.</summary>
    private static void Dilate(bool[] cells, int width, int height, int radius)
    {
        for (int row = 0; row < height; row++)
        {
            DilateLine(cells, row * width, 1, width, radius);
        }

        for (int column = 0; column < width; column++)
        {
            DilateLine(cells, column, width, height, radius);
        }
    }

    private static void DilateLine(bool[] cells, int start, int step, int length, int radius)
    {
        var line = new bool[length];
        int until = -1;
        for (int i = 0; i < length; i++)
        {
            if (cells[start + (i * step)])
            {
                for (int j = Math.Max(until + 1, i - radius); j <= Math.Min(i + radius, length - 1); j++)
                {
                    line[j] = true;
                    until = j;
                }
            }
        }

        for (int i = 0; i < length; i++)
        {
            cells[start + (i * step)] = line[i];
        }
    }

    /// <summary>The cells not of a set that are connected with the corner of the raster.</summary>
    private static bool[] Flood(bool[] isSet, int width, int height)
    {
        var reached = new bool[isSet.Length];
        var open = new Stack<int>();
        reached[0] = true;
        open.Push(0);
        while (open.TryPop(out int index))
        {
            int column = index % width;
            Visit(column > 0, index - 1);
            Visit(column + 1 < width, index + 1);
            Visit(index >= width, index - width);
            Visit(index + width < width * height, index + width);
        }

        return reached;

        void Visit(bool exists, int index)
        {
            if (exists && !isSet[index] && !reached[index])
            {
                reached[index] = true;
                open.Push(index);
            }
        }
    }
}
