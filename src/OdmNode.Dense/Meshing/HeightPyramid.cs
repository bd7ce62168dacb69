namespace OdmNode.Dense.Meshing;

/// <summary>Mean heights in cells, filled where there are none from coarser and coarser means.</summary>
internal sealed class HeightPyramid
{
    private readonly float[] value;
    private readonly float[] weight;

    public HeightPyramid(int width, int height)
    {
        Width = width;
        Height = height;
        value = new float[checked(width * height)];
        weight = new float[width * height];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Takes a sample into the mean of a cell.</summary>
    public void Add(int cell, float height)
    {
        weight[cell]++;
        value[cell] += (height - value[cell]) / weight[cell];
    }

    /// <summary>The cells that have samples.</summary>
    public bool[] Known() => Array.ConvertAll(weight, static w => w > 0);

    /// <summary>Gives every cell a height, if any has one.</summary>
    public void Fill()
    {
        if (Width == 1 && Height == 1)
        {
            return;
        }

        var coarse = new HeightPyramid((Width + 1) / 2, (Height + 1) / 2);
        for (int row = 0; row < Height; row++)
        {
            for (int column = 0; column < Width; column++)
            {
                int index = (row * Width) + column;
                if (weight[index] > 0)
                {
                    coarse.Add((row / 2 * coarse.Width) + (column / 2), value[index]);
                }
            }
        }

        coarse.Fill();
        for (int row = 0; row < Height; row++)
        {
            for (int column = 0; column < Width; column++)
            {
                int index = (row * Width) + column;
                if (weight[index] <= 0)
                {
                    value[index] = coarse.Sample((0.5 * column) - 0.25, (0.5 * row) - 0.25);
                    weight[index] = 1;
                }
            }
        }
    }

    /// <summary>Between the centres of cells, which are at whole numbers; beyond the outermost their value.</summary>
    public float Sample(double column, double row)
    {
        double x = Math.Clamp(column, 0, Width - 1);
        double y = Math.Clamp(row, 0, Height - 1);
        int left = (int)x;
        int lower = (int)y;
        int right = Math.Min(left + 1, Width - 1);
        int upper = Math.Min(lower + 1, Height - 1);
        float fractionX = (float)(x - left);
        float fractionY = (float)(y - lower);
        float below = Between(value[(lower * Width) + left], value[(lower * Width) + right], fractionX);
        float above = Between(value[(upper * Width) + left], value[(upper * Width) + right], fractionX);
        return Between(below, above, fractionY);
    }

    private static float Between(float a, float b, float fraction) => a + (fraction * (b - a));
}
