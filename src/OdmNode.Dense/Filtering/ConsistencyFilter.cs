using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Filtering;

/// <summary>Keeps the depths of a photo that its neighbours' depth maps confirm.</summary>
public static class ConsistencyFilter
{
    private const int RowsBetweenChecks = 32;

    /// <param name="map">As estimated.</param>
    /// <param name="neighbours">Depth maps of the photos that <paramref name="map"/> was matched against, as estimated, not filtered.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked every few rows.</param>
    /// <returns>
    /// A new map: each kept depth is the mean of those that agree; confidence is the number of photos that agree, the
    /// photo itself included, and 1 where they agree only roughly or a small gap was interpolated.
    /// </returns>
    public static DepthMap Filter(
        DepthMap map, IReadOnlyList<DepthMap> neighbours, ConsistencyOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(neighbours);
        ArgumentNullException.ThrowIfNull(options);
        PinholeCamera camera = map.Camera;
        RigidTransform worldFromMap = map.CameraFromWorld.Inverse();
        DepthProbe[] probes = [.. neighbours.Select(other => new DepthProbe(map, other, other.CameraFromWorld * worldFromMap))];
        var depth = new float[map.Depth.Length];
        var confidence = new byte[map.Depth.Length];
        for (int y = 0; y < camera.Height; y++)
        {
            if (y % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (int x = 0; x < camera.Width; x++)
            {
                int pixel = (y * camera.Width) + x;
                float own = map.Depth[pixel];
                if (own > 0)
                {
                    (depth[pixel], confidence[pixel]) = Agreement(probes, x + 0.5, y + 0.5, own, options);
                }
            }
        }

        RemoveSpecks(depth, confidence, camera.Width, options);
        GapFiller.Fill(depth, confidence, camera.Width, options.MaxGapPixels, options.MaxRelativeDepth);
        return new DepthMap
        {
            ImageName = map.ImageName,
            Camera = camera,
            CameraFromWorld = map.CameraFromWorld,
            Depth = depth,
            Confidence = confidence,
        };
    }

    /// <summary>The mean of the depths that agree and their number; 1 for those that agree roughly, 0 where there is none.</summary>
    private static (float Depth, byte Photos) Agreement(
        DepthProbe[] probes, double x, double y, float own, ConsistencyOptions options)
    {
        double sum = own, roughSum = own;
        int agreeing = 1, roughly = 1;
        foreach (DepthProbe probe in probes)
        {
            double disagreement = probe.Disagreement(x, y, own, options, out double theirs);
            if (disagreement <= 1)
            {
                sum += theirs;
                agreeing++;
            }

            if (disagreement <= options.UnsureTolerance)
            {
                roughSum += theirs;
                roughly++;
            }
        }

        return agreeing > options.MinAgreeingNeighbours ? ((float)(sum / agreeing), (byte)Math.Min(agreeing, 255))
            : roughly > options.MinAgreeingNeighbours ? ((float)(roughSum / roughly), (byte)1)
            : (0, (byte)0);
    }

    private static void RemoveSpecks(float[] depth, byte[] confidence, int width, ConsistencyOptions options)
    {
        float[] values = [.. depth.Select(static value => value > 0 ? value : float.NaN)];
        float limit = (float)options.MaxSurfaceStep;
        SpeckleFilter.Remove(values, width, (a, b) => MathF.Abs(a - b) <= limit * MathF.Min(a, b), options.SpecklePixels);
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                depth[i] = 0;
                confidence[i] = 0;
            }
        }
    }
}
