using OdmNode.Engine.Running;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Stages;

/// <summary>The stages of a run in their order.</summary>
internal static class StageList
{
    public static IReadOnlyList<IStage> Create(EngineRequest request, RunJournal journal)
    {
        var scenes = new SceneCache();
        var coarse = new CoarseCache();
        var surfaces = new SurfaceCache();
        var photos = new PhotoCache(scenes);
        return
        [
            new ReadMetadataStage(request.Files.In(request.ProjectFolder)),
            new ExtractFeaturesStage(),
            new MatchFeaturesStage(),
            new ReconstructStage(),
            new UndistortImagesStage(scenes),
            new EstimateDepthStage(scenes),
            new FilterDepthStage(scenes),
            new FusePointsStage(scenes),
            new FilterPointsStage(scenes),
            new BuildMeshStage(scenes),
            new TextureMeshStage(scenes, photos),
            new ClassifyGroundStage(),
            new ExportCloudStage(),
            new RasterElevationStage(scenes, coarse),
            new FillElevationStage(coarse, surfaces),
            new RefineEdgesStage(scenes, photos, surfaces),
            new RasterTerrainStage(),
            new FillTerrainStage(surfaces),
            new MeasureGapsStage(),
            new BalanceExposureStage(scenes),
            new SharpenEdgesStage(scenes, photos, surfaces),
            new RenderOrthophotoStage(scenes, photos, surfaces),
            new ExportOrthophotoStage(),
            new ExportTilesStage(),
            new WriteReportStage(journal, scenes),
            new PackageAssetsStage(journal, request.Options),
        ];
    }
}
