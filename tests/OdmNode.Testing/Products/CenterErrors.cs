using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Testing.Comparison;
using OdmNode.Testing.Surveys;

namespace OdmNode.Testing.Products;

/// <summary>How far the placed photos of a run are from where they should be.</summary>
/// <param name="Compared">Photos that are in both lists.</param>
/// <param name="AlignedRmse">Root mean square distance after the best similarity, metres.</param>
/// <param name="AbsoluteRmse">Root mean square distance as they stand, metres.</param>
public sealed record CenterErrors(int Compared, double AlignedRmse, double AbsoluteRmse)
{
    /// <summary>Against the true cameras.</summary>
    public static CenterErrors AgainstTruth(IReadOnlyList<PlacedPhoto> placed, SyntheticSurvey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        return Against(placed, survey.Photos.ToDictionary(
            photo => photo.ImageName, photo => survey.MapFrame.Local.ToGeodetic(photo.CameraFromWorld.Center), StringComparer.Ordinal));
    }

    /// <summary>Against positions by image name, such as those of EXIF.</summary>
    public static CenterErrors Against(IReadOnlyList<PlacedPhoto> placed, IReadOnlyDictionary<string, GeodeticPosition> expected)
    {
        ArgumentNullException.ThrowIfNull(placed);
        ArgumentNullException.ThrowIfNull(expected);
        PlacedPhoto[] common = [.. placed.Where(photo => expected.ContainsKey(photo.ImageName))];
        if (common.Length == 0)
        {
            return new CenterErrors(0, double.NaN, double.NaN);
        }

        var frame = new LocalFrame(expected[common[0].ImageName]);
        Vector3D[] found = [.. common.Select(photo => frame.FromGeodetic(photo.Position))];
        Vector3D[] truth = [.. common.Select(photo => frame.FromGeodetic(expected[photo.ImageName]))];
        SimilarityTransform fit = common.Length < 3 ? SimilarityTransform.Identity : SimilarityFit.Of(found, truth, fitScale: true);
        return new CenterErrors(common.Length, Rmse([.. found.Select(p => fit * p)], truth), Rmse(found, truth));
    }

    private static double Rmse(Vector3D[] a, Vector3D[] b) =>
        Math.Sqrt(a.Zip(b, (p, q) => (p - q).LengthSquared).Average());
}
