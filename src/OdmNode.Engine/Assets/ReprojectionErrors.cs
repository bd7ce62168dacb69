using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Assets;

/// <summary>Distance between every observation and its projected tie point; none is left out.</summary>
public sealed class ReprojectionErrors
{
    private readonly double[] sorted;

    private ReprojectionErrors(double[] pixels, double[] normalized, double[] angular, int[] observations)
    {
        Pixels = pixels;
        Normalized = normalized;
        Angular = angular;
        ObservationsPerShot = observations;
        sorted = [.. pixels.Order()];
    }

    /// <summary>Full-size pixels, in the order of the observations.</summary>
    public double[] Pixels { get; }

    /// <summary>In units of the keypoint's size, as OpenSfM states it.</summary>
    public double[] Normalized { get; }

    /// <summary>Radians between the two rays.</summary>
    public double[] Angular { get; }

    /// <summary>In the order of the shots.</summary>
    public int[] ObservationsPerShot { get; }

    public double MeanPixels => Pixels.Length == 0 ? 0 : Pixels.Average();

    public double MedianPixels => Quantile(0.5);

    public double RmsPixels => Pixels.Length == 0 ? 0 : Math.Sqrt(Pixels.Sum(error => error * error) / Pixels.Length);

    /// <param name="share">0 to 1.</param>
    public double Quantile(double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    public static ReprojectionErrors Of(Reconstruction scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        TiePoints points = scene.Points;
        int count = points.Observations.Length;
        (double[] pixels, double[] normalized, double[] angular) = (new double[count], new double[count], new double[count]);
        var perShot = new int[scene.Shots.Count];
        for (int point = 0; point < points.Count; point++)
        {
            for (int i = points.ObservationOffsets[point]; i < points.ObservationOffsets[point + 1]; i++)
            {
                Observation seen = points.Observations[i];
                Shot shot = scene.Shots[seen.Shot];
                Camera camera = scene.CameraOf(shot);
                var pixel = new Vector2D(seen.X, seen.Y);
                Vector3D inCamera = shot.ToCamera(camera, points.Positions[point], pixel.Y);
                pixels[i] = camera.Residual(inCamera, pixel).Length;
                normalized[i] = pixels[i] / Math.Max(1e-6, seen.Scale);
                angular[i] = Vector3D.AngleBetween(inCamera, camera.Unproject(pixel));
                perShot[seen.Shot]++;
            }
        }

        return new ReprojectionErrors(pixels, normalized, angular, perShot);
    }
}
