namespace OdmNode.Geospatial.Orthophoto;

/// <summary>One gain per photo and channel, so that photos agree on the tie points that they share.</summary>
/// <remarks>
/// Minimises Σ w (log sample + log gain − log colour of the point)² + prior Σ (log gain)², w from Huber's loss renewed every round,
/// by block coordinate descent: point colours, then gains. After M. Brown and D. Lowe, Automatic panoramic image stitching
/// using invariant features, IJCV 74 (2007), section 6.
/// </remarks>
public static class ExposureSolver
{
    private const int Rounds = 200;
    private const double PriorWeight = 2;
    private const double Threshold = 0.1;
    private const double LargestLogGain = 1.1;

    /// <param name="samples">Of all photos, sorted by photo, then by point (the concatenation of the units).</param>
    /// <param name="pointCount">Number of tie points.</param>
    /// <param name="shotCount">Number of photos.</param>
    /// <returns>One gain per photo; 1 for photos that share no usable point.</returns>
    public static IReadOnlyList<ColorGain> Solve(IReadOnlyList<ExposureSample> samples, int pointCount, int shotCount)
    {
        ArgumentNullException.ThrowIfNull(samples);
        int[] point = new int[samples.Count];
        int[] shot = new int[samples.Count];
        double[][] logs = [new double[samples.Count], new double[samples.Count], new double[samples.Count]];
        for (int i = 0; i < samples.Count; i++)
        {
            ExposureSample sample = samples[i];
            point[i] = sample.Point;
            shot[i] = sample.Shot;
            logs[0][i] = Math.Log(sample.Red);
            logs[1][i] = Math.Log(sample.Green);
            logs[2][i] = Math.Log(sample.Blue);
        }

        double[][] gains = [.. logs.Select(channel => SolveChannel(point, shot, channel, pointCount, shotCount))];
        var result = new ColorGain[shotCount];
        for (int i = 0; i < shotCount; i++)
        {
            result[i] = new ColorGain((float)Math.Exp(gains[0][i]), (float)Math.Exp(gains[1][i]), (float)Math.Exp(gains[2][i]));
        }

        return result;
    }

    private static double[] SolveChannel(int[] point, int[] shot, double[] logs, int pointCount, int shotCount)
    {
        double[] gain = new double[shotCount];
        double[] color = new double[pointCount];
        double[] weight = new double[logs.Length];
        Array.Fill(weight, 1);
        double[] pointSum = new double[pointCount];
        double[] pointWeight = new double[pointCount];
        double[] gainSum = new double[shotCount];
        double[] gainWeight = new double[shotCount];
        for (int round = 0; round < Rounds; round++)
        {
            Array.Clear(pointSum);
            Array.Clear(pointWeight);
            for (int i = 0; i < logs.Length; i++)
            {
                pointSum[point[i]] += weight[i] * (logs[i] + gain[shot[i]]);
                pointWeight[point[i]] += weight[i];
            }

            for (int p = 0; p < pointCount; p++)
            {
                color[p] = pointWeight[p] > 0 ? pointSum[p] / pointWeight[p] : 0;
            }

            Array.Clear(gainSum);
            Array.Fill(gainWeight, PriorWeight);
            for (int i = 0; i < logs.Length; i++)
            {
                double residual = Math.Abs(logs[i] + gain[shot[i]] - color[point[i]]);
                weight[i] = residual <= Threshold ? 1 : Threshold / residual;
                gainSum[shot[i]] += weight[i] * (color[point[i]] - logs[i]);
                gainWeight[shot[i]] += weight[i];
            }

            double change = 0;
            for (int s = 0; s < shotCount; s++)
            {
                double next = Math.Clamp(gainSum[s] / gainWeight[s], -LargestLogGain, LargestLogGain);
                change = Math.Max(change, Math.Abs(next - gain[s]));
                gain[s] = next;
            }

            if (change < 1e-5)
            {
                break;
            }
        }

        return gain;
    }
}
