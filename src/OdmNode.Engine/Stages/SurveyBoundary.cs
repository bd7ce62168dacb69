using OdmNode.Core.Identity;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>The polygon outside of which nothing is wanted: the option <c>boundary</c>, or else what <c>auto-boundary</c> finds.</summary>
internal static class SurveyBoundary
{
    /// <summary>The options that a stage must read to ask for the polygon.</summary>
    public static readonly string[] Options = ["boundary", "auto-boundary", "auto-boundary-distance"];

    /// <returns>Null when no boundary is asked for, or when the survey has no map.</returns>
    public static CropPolygon? Of(StageContext context, SceneCache scenes)
    {
        Reconstruction scene = scenes.Get(context);
        if (scene.MapFrame is not { } map)
        {
            return null;
        }

        if (BoundaryOption.Read(context.Options.Json("boundary"), map) is { } given)
        {
            return given;
        }

        if (!context.Options.Flag("auto-boundary"))
        {
            return null;
        }

        double gsd = ReconstructStage.LoadReport(context.Of(StageNames.Reconstruct)).GsdMetres
            ?? FusePointsStage.LoadGrid(context.Of(StageNames.FusePoints)).Grid.Resolution;
        Vector2D[] cameras =
            [.. scene.Shots.Select(shot => map.MapFromWorld(shot.CameraFromWorld.Center)).Select(point => new Vector2D(point.X, point.Y))];
        return SurveyOutline.OfCameras(cameras, context.Options.Number("auto-boundary-distance"), gsd);
    }
}
