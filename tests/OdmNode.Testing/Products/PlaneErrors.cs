using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Optimization;
using OdmNode.Testing.Surveys;

namespace OdmNode.Testing.Products;

/// <summary>How flat a surface model is where the ground is a plane.</summary>
/// <param name="Cells">Cells of the zone that have a height.</param>
/// <param name="Sigma">Root mean square distance from the plane that fits best, metres.</param>
public sealed record PlaneErrors(int Cells, double Sigma)
{
    /// <param name="surface">Heights on the survey's map.</param>
    /// <param name="survey">The truth.</param>
    /// <param name="zone">Index of the zone.</param>
    /// <param name="margin">Distance kept from the zone's edge and from what stands in it, metres.</param>
    public static PlaneErrors In(RasterFile surface, SyntheticSurvey survey, int zone, double margin)
    {
        ArgumentNullException.ThrowIfNull(surface);
        ArgumentNullException.ThrowIfNull(survey);
        var points = new List<Vector3D>();
        (double originEast, double originNorth) = surface.Locate(0, 0);
        for (int row = 0; row < surface.Height; row++)
        {
            for (int column = 0; column < surface.Width; column++)
            {
                (double east, double north) = surface.Locate(column, row);
                if (surface.ValueAt(column, row) is { } height && survey.IsOnPlane(zone, east, north, margin))
                {
                    points.Add(new Vector3D(east - originEast, north - originNorth, height - survey.Options.SiteHeight));
                }
            }
        }

        if (points.Count < 100)
        {
            return new PlaneErrors(points.Count, double.NaN);
        }

        double[] normal = new double[9];
        double[] right = new double[3];
        foreach (Vector3D point in points)
        {
            double[] row = [point.X, point.Y, 1];
            for (int i = 0; i < 9; i++)
            {
                normal[i] += row[i / 3] * row[i % 3];
            }

            for (int i = 0; i < 3; i++)
            {
                right[i] += row[i] * point.Z;
            }
        }

        CholeskySolver.TrySolve(normal, right);
        double sum = points.Sum(p => Squared(p.Z - (right[0] * p.X) - (right[1] * p.Y) - right[2]));
        return new PlaneErrors(points.Count, Math.Sqrt(sum / points.Count));
    }

    private static double Squared(double value) => value * value;
}
