using System.Text.Json;
using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Geometry.Cameras;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Finds the gains that make the photos agree in colour. Unit: an image.</summary>
internal sealed class BalanceExposureStage(SceneCache scenes) : IStage
{
    private const string SampleSection = "samples";
    private const string GainSection = "gains";
    private const int ScaleDenominator = 8;

    public StageInfo Info { get; } = new(StageNames.BalanceExposure, 1, ["skip-orthophoto"], 2);

    public StagePlan Plan(StageContext context)
    {
        Reconstruction scene = scenes.Get(context);
        ContentKey sceneKey = context.Of(StageNames.Reconstruct).KeyOf(ReconstructStage.UnitName);
        if (scene.MapFrame is null || context.Options.Flag("skip-orthophoto"))
        {
            return new StagePlan([]) { ReduceInputs = [sceneKey] };
        }

        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        return new StagePlan([.. scene.Shots.Select(shot =>
        {
            Camera camera = scene.CameraOf(shot);
            return new WorkUnit(shot.ImageName)
            {
                Inputs = [sceneKey, new ContentKey(dataset.Photo(shot.ImageName).ContentKey)],
                MemoryBytes = 2L * camera.Width * camera.Height,
            };
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        Imaging.Buffers.ImageBuffer photo = PhotoFile.Decode(context.ProjectFolder, unit.Name, ScaleDenominator, cancellationToken);
        IReadOnlyList<ExposureSample> samples = ExposureSampler.Sample(scenes.Get(context), scenes.IndexOf(context, unit.Name), photo);
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(SampleSection))
        {
            JsonSerializer.Serialize(section, [.. samples], EngineJson.Default.ExposureSampleArray);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        Reconstruction scene = scenes.Get(context);
        ExposureSample[] samples = [.. context.Own.Units.SelectMany(unit => context.Own.OpenUnit(unit.Name).Read(
            SampleSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.ExposureSampleArray)!))];
        IReadOnlyList<ColorGain> gains = ExposureSolver.Solve(samples, scene.Points.Count, scene.Shots.Count);
        using Stream section = context.Summary.Section(GainSection);
        JsonSerializer.Serialize(section, [.. gains], EngineJson.Default.ColorGainArray);
    }

    /// <summary>One gain for each placed photo.</summary>
    public static ColorGain[] Load(StageOutput output) => output.OpenSummary().Read(
        GainSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.ColorGainArray)!);
}
