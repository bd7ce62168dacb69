using OdmNode.Geometry.Linear;
using OdmNode.Testing.Surveys;

namespace OdmNode.Testing.Products;

/// <summary>How far the edges of roofs in an orthophoto are from the true lines.</summary>
/// <param name="Samples">Places along edges that were compared.</param>
/// <param name="LostShare">Share of the places at which the orthophoto shows no edge within reach.</param>
/// <param name="RmsPixels">Of the distance across the edge, cells of the orthophoto.</param>
/// <param name="MedianPixels">Of the absolute distance.</param>
/// <remarks>
/// Only places at which a perfect orthophoto shows the edge are compared: where the same search in it finds the true line.
/// </remarks>
public sealed record RoofEdgeErrors(int Samples, double LostShare, double RmsPixels, double MedianPixels)
{
    private const double ReachCells = 5;
    private const double Step = 0.25;
    private const double LeastContrast = 25;
    private const double LeastHeight = 1;
    private const int Half = (int)(ReachCells / Step);

    /// <param name="green">The orthophoto's green band.</param>
    /// <param name="survey">The truth.</param>
    public static RoofEdgeErrors Of(RasterFile green, SyntheticSurvey survey)
    {
        ArgumentNullException.ThrowIfNull(green);
        ArgumentNullException.ThrowIfNull(survey);
        double cell = green.Resolution;
        var distances = new List<double>();
        int lost = 0;
        foreach (RoofEdge edge in survey.RoofEdges)
        {
            Vector3D along = edge.To - edge.From;
            double length = double.Hypot(along.X, along.Y);
            (double alongEast, double alongNorth) = (along.X / length, along.Y / length);
            for (double at = 0.1 * length; at < 0.9 * length; at += 2 * cell)
            {
                double east = edge.From.X + (at * alongEast);
                double north = edge.From.Y + (at * alongNorth);
                if (!IsStep(survey, east, north, -alongNorth, alongEast))
                {
                    continue;
                }

                double[]? truth = Profile(at => survey.GreenFromAbove(east - (at * alongNorth), north + (at * alongEast), cell), cell);
                if (EdgeIn(truth, 0) is not { } expected || Math.Abs(expected.Place) > 0.5)
                {
                    continue;
                }

                double[]? found = Profile(at => Sample(green, east - (at * alongNorth), north + (at * alongEast)), cell);
                if (found is null)
                {
                    continue;
                }

                if (EdgeIn(found, Math.Sign(expected.Contrast)) is { } actual)
                {
                    distances.Add(actual.Place - expected.Place);
                }
                else
                {
                    lost++;
                }
            }
        }

        int samples = distances.Count + lost;
        return distances.Count == 0
            ? new RoofEdgeErrors(samples, 1, double.NaN, double.NaN)
            : new RoofEdgeErrors(
                samples, lost / (double)samples, Math.Sqrt(distances.Average(d => d * d)),
                distances.Select(Math.Abs).Order().ElementAt(distances.Count / 2));
    }

    private static bool IsStep(SyntheticSurvey survey, double east, double north, double acrossEast, double acrossNorth)
    {
        const double aside = 0.3;
        double left = survey.SurfaceHeightOnMap(east - (aside * acrossEast), north - (aside * acrossNorth));
        double right = survey.SurfaceHeightOnMap(east + (aside * acrossEast), north + (aside * acrossNorth));
        return Math.Abs(left - right) > LeastHeight;
    }

    /// <summary>Values across the edge, smoothed over a cell; null where one is unknown.</summary>
    private static double[]? Profile(Func<double, double?> valueAt, double cell)
    {
        const int smooth = (int)(0.5 / Step);
        double[] raw = new double[(2 * (Half + smooth + smooth)) + 1];
        for (int i = 0; i < raw.Length; i++)
        {
            if (valueAt((i - (raw.Length / 2)) * Step * cell) is not { } value)
            {
                return null;
            }

            raw[i] = value;
        }

        return [.. Enumerable.Range(smooth, raw.Length - (2 * smooth)).Select(i => raw[(i - smooth)..(i + smooth + 1)].Average())];
    }

    /// <summary>The steepest place of a profile, cells from its middle, and the step over a cell there.</summary>
    private static (double Place, double Contrast)? EdgeIn(double[]? profile, int sign)
    {
        if (profile is null)
        {
            return null;
        }

        const int reach = (int)(0.5 / Step);
        int best = -1;
        double most = 0;
        for (int i = reach; i < profile.Length - reach; i++)
        {
            double slope = profile[i + reach] - profile[i - reach];
            double size = sign == 0 ? Math.Abs(slope) : sign * slope;
            if (size > most)
            {
                (most, best) = (size, i);
            }
        }

        return most < LeastContrast / (sign == 0 ? 1 : 2)
            ? null
            : ((best - (profile.Length / 2)) * Step, profile[best + reach] - profile[best - reach]);
    }

    private static double? Sample(RasterFile band, double east, double north)
    {
        (double west, double top) = band.Locate(0, 0);
        double x = (east - west) / band.Resolution;
        double y = (top - north) / band.Resolution;
        int column = (int)Math.Floor(x);
        int row = (int)Math.Floor(y);
        if (column < 0 || row < 0 || column + 1 >= band.Width || row + 1 >= band.Height)
        {
            return null;
        }

        double u = x - column;
        double v = y - row;
        return band.ValueAt(column, row) is { } a && band.ValueAt(column + 1, row) is { } b
            && band.ValueAt(column, row + 1) is { } c && band.ValueAt(column + 1, row + 1) is { } d
            ? ((1 - v) * (((1 - u) * a) + (u * b))) + (v * (((1 - u) * c) + (u * d)))
            : null;
    }
}
