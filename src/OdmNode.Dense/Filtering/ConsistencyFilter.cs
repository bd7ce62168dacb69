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
    /// photo itself included, and 1 where a small gap was interpolated.
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
                if (own <= 0)
                {
                    continue;
                }

                double tolerance = map.Confidence[pixel] <= 1 ? options.CoarseTolerance : 1;
                double sum = own;
                int agreeing = 1;
                foreach (DepthProbe probe in probes)
                {
                    if (probe.Confirms(x + 0.5, y + 0.5, own, tolerance, options, out double theirs))
                    {
                        sum += theirs;
                        agreeing++;
                    }
                }

                if (agreeing > options.MinAgreeingNeighbours)
                {
                    depth[pixel] = (float)(sum / agreeing);
                    confidence[pixel] = (byte)Math.Min(agreeing, 255);
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
