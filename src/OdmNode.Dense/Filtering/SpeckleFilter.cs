namespace OdmNode.Dense.Filtering;

/// <summary>Finds small surfaces that hang together with nothing around them.</summary>
internal static class SpeckleFilter
{
    /// <summary>Sets values to NaN that belong to fewer than <paramref name="minPixels"/> connected pixels.</summary>
    /// <param name="values">width × height; NaN is no value.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="connected">Whether two values beside each other belong together.</param>
    /// <param name="minPixels">Size from which a surface is kept.</param>
    public static void Remove(float[] values, int width, Func<float, float, bool> connected, int minPixels)
    {
        int height = values.Length / width;
        var seen = new bool[values.Length];
        var queue = new int[values.Length];
        for (int start = 0; start < values.Length; start++)
        {
            if (seen[start] || float.IsNaN(values[start]))
            {
                continue;
            }

            int count = 1;
            queue[0] = start;
            seen[start] = true;
            for (int i = 0; i < count; i++)
            {
                int at = queue[i];
                int x = at % width;
                int y = at / width;
                Visit(at, at - 1, x > 0);
                Visit(at, at + 1, x + 1 < width);
                Visit(at, at - width, y > 0);
                Visit(at, at + width, y + 1 < height);
            }

            if (count < minPixels)
            {
                for (int i = 0; i < count; i++)
                {
                    values[queue[i]] = float.NaN;
                }
            }

            void Visit(int from, int to, bool exists)
            {
                if (exists && !seen[to] && !float.IsNaN(values[to]) && connected(values[from], values[to]))
                {
                    seen[to] = true;
                    queue[count++] = to;
                }
            }
        }
    }
}
