using System.Text.Json;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Testing.Surveys;

/// <summary>The file beside a survey that says what is true, for programs that are not ours too.</summary>
internal static class SurveyTruth
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Of(SyntheticSurvey survey) => JsonSerializer.Serialize(
        new
        {
            survey.Options,
            GroundSampleDistance = survey.GroundSampleDistance,
            survey.Camera,
            World = new
            {
                OriginLatitude = survey.MapFrame.Local.Origin.LatitudeDegrees,
                OriginLongitude = survey.MapFrame.Local.Origin.LongitudeDegrees,
                OriginHeight = survey.MapFrame.Local.Origin.HeightMetres,
                Epsg = survey.MapFrame.Zone.EpsgCode,
            },
            Photos = survey.Photos.Select(photo => new
            {
                photo.ImageName,
                CameraFromWorldAxisAngle = Numbers(Rotations.ToAxisAngle(photo.CameraFromWorld.Rotation)),
                CameraFromWorldTranslation = Numbers(photo.CameraFromWorld.Translation),
                CenterInWorld = Numbers(photo.CameraFromWorld.Center),
                CenterOnMap = Numbers(survey.MapFrame.MapFromWorld(photo.CameraFromWorld.Center)),
                photo.ExifPosition,
            }),
            MarksOnMap = survey.Marks.Select(mark => Numbers(survey.MapFrame.MapFromWorld(mark))),
            RoofEdgesOnMap = survey.RoofEdges.Select(edge => new[] { Numbers(edge.From), Numbers(edge.To) }),
        },
        Json);

    private static double[] Numbers(Vector3D v) => [v.X, v.Y, v.Z];
}
