using OdmNode.Testing.Surveys;

namespace OdmNode.Testing.Products;

/// <summary>How far an elevation model is from the truth.</summary>
/// <param name="Cells">Cells compared.</param>
/// <param name="MissingShare">Share of the compared area without a height.</param>
/// <param name="MedianAbsolute">Metres.</param>
/// <param name="Percentile95">Of the absolute error, metres.</param>
/// <param name="Median">Signed: too high is positive, metres.</param>
public sealed record SurfaceErrors(int Cells, double MissingShare, double MedianAbsolute, double Percentile95, double Median)
{
    private const int MostCells = 250_000;

    /// <param name="surface">Heights on the survey's map.</param>
    /// <param name="survey">The truth.</param>
    /// <param name="margin">Distance kept from buildings, trees and cars, metres.</param>
    public static SurfaceErrors OnOpenGround(RasterFile surface, SyntheticSurvey survey, double margin)
    {
        ArgumentNullException.ThrowIfNull(survey);
        return Of(surface, (east, north) => survey.IsOpenGround(east, north, margin), survey.SurfaceHeightOnMap);
    }

    /// <summary>A terrain model against the bare ground, wherever there are photos: under buildings, trees and cars too.</summary>
    /// <param name="terrain">Heights on the survey's map.</param>
    /// <param name="survey">The truth.</param>
    public static SurfaceErrors OfGround(RasterFile terrain, SyntheticSurvey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        return Of(terrain, survey.IsWellSeen, survey.GroundHeightOnMap);
    }

    private static SurfaceErrors Of(RasterFile surface, Func<double, double, bool> isWanted, Func<double, double, double> truth)
    {
        ArgumentNullException.ThrowIfNull(surface);
        int step = Math.Max(1, (int)Math.Sqrt((double)surface.Width * surface.Height / MostCells));
        var errors = new List<double>();
        int missing = 0;
        for (int row = 0; row < surface.Height; row += step)
        {
            for (int column = 0; column < surface.Width; column += step)
            {
                (double east, double north) = surface.Locate(column, row);
                if (!isWanted(east, north))
                {
                    continue;
                }

                if (surface.ValueAt(column, row) is { } height)
                {
                    errors.Add(height - truth(east, north));
                }
                else
                {
                    missing++;
                }
            }
        }

        if (errors.Count == 0)
        {
            return new SurfaceErrors(0, 1, double.NaN, double.NaN, double.NaN);
        }

        errors.Sort();
        double[] absolute = [.. errors.Select(Math.Abs).Order()];
        return new SurfaceErrors(
            errors.Count, missing / (double)(missing + errors.Count), absolute[absolute.Length / 2],
            absolute[(int)(0.95 * (absolute.Length - 1))], errors[errors.Count / 2]);
    }
}
