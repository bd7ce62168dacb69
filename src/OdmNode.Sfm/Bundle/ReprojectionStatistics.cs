using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Sfm.Bundle;

/// <summary>Reprojection errors of all observations of a reconstruction, full-size pixels.</summary>
public sealed record ReprojectionStatistics
{
    public required int Observations { get; init; }

    public required double Mean { get; init; }

    public required double Median { get; init; }

    public required double RootMeanSquare { get; init; }

    /// <summary>90 % of the errors are at most this.</summary>
    public required double Percentile90 { get; init; }

    /// <summary>99 % of the errors are at most this.</summary>
    public required double Percentile99 { get; init; }

    public required double Maximum { get; init; }

    /// <summary>Observations in each photo, in the order of <see cref="Reconstruction.Shots"/>.</summary>
    public required IReadOnlyList<int> ObservationsPerShot { get; init; }

    /// <summary>Mean error in each photo, in the order of <see cref="Reconstruction.Shots"/>; 0 without observations.</summary>
    public required IReadOnlyList<double> MeanPerShot { get; init; }

    /// <summary>Element k counts the tie points that k photos see.</summary>
    public required IReadOnlyList<int> TrackLengths { get; init; }

    public double ObservationsPerPhoto => ObservationsPerShot.Count == 0 ? 0 : (double)Observations / ObservationsPerShot.Count;

    public double MeanTrackLength
    {
        get
        {
            int points = TrackLengths.Sum();
            return points == 0 ? 0 : (double)Observations / points;
        }
    }

    /// <summary>Measures every observation.</summary>
    public static ReprojectionStatistics Of(Reconstruction reconstruction)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        TiePoints points = reconstruction.Points;
        var errors = new double[points.Observations.Length];
        var counts = new int[reconstruction.Shots.Count];
        var sums = new double[reconstruction.Shots.Count];
        var lengths = new List<int>();
        double sum = 0;
        double squares = 0;
        for (int point = 0; point < points.Count; point++)
        {
            int length = points.ObservationOffsets[point + 1] - points.ObservationOffsets[point];
            while (lengths.Count <= length)
            {
                lengths.Add(0);
            }

            lengths[length]++;
            for (int i = points.ObservationOffsets[point]; i < points.ObservationOffsets[point + 1]; i++)
            {
                Observation observation = points.Observations[i];
                Shot shot = reconstruction.Shots[observation.Shot];
                double error = shot.Residual(
                    reconstruction.CameraOf(shot), points.Positions[point], new Vector2D(observation.X, observation.Y)).Length;
                errors[i] = error;
                counts[observation.Shot]++;
                sums[observation.Shot] += error;
                sum += error;
                squares += error * error;
            }
        }

        Array.Sort(errors);
        double Quantile(double q) => errors.Length == 0 ? 0 : errors[(int)Math.Min(errors.Length - 1, Math.Floor(q * errors.Length))];
        int n = Math.Max(1, errors.Length);
        return new ReprojectionStatistics
        {
            Observations = errors.Length,
            Mean = sum / n,
            Median = Quantile(0.5),
            RootMeanSquare = Math.Sqrt(squares / n),
            Percentile90 = Quantile(0.9),
            Percentile99 = Quantile(0.99),
            Maximum = errors.Length == 0 ? 0 : errors[^1],
            ObservationsPerShot = counts,
            MeanPerShot = [.. sums.Select((s, i) => s / Math.Max(1, counts[i]))],
            TrackLengths = lengths,
        };
    }
}
