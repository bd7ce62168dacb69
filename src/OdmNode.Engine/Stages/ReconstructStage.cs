using System.Text.Json;
using OdmNode.Core.Errors;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Inputs;
using OdmNode.Engine.Options;
using OdmNode.Features.Detection;
using OdmNode.Features.Matching;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Imaging.Metadata;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;
using OdmNode.Sfm;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Registration;

namespace OdmNode.Engine.Stages;

/// <summary>Places the photos in the world. One unit.</summary>
internal sealed class ReconstructStage : IStage
{
    public const string SceneSection = "reconstruction";
    public const string ReportSection = "report";
    public const string UnitName = "survey";
    private const double DefaultHorizontalSigma = 3;
    private const double VerticalFactor = 2;
    private const double UnknownHeightSigma = 1000;

    // Surveyed with satellites and a base station: about a centimetre, twice that in height.
    private const double ControlHorizontalSigma = 0.01;
    private const double ControlVerticalSigma = 0.02;

    public StageInfo Info { get; } = new(
        StageNames.Reconstruct,
        3,
        [
            "cameras", "use-fixed-camera-params", "force-gps", "gps-accuracy", EngineOptionSet.GpsAccuracyGiven, "gps-z-offset",
            ShutterOption.Switch, ShutterOption.Readout,
        ],
        6);

    public StagePlan Plan(StageContext context)
    {
        StageOutput pairs = context.Of(StageNames.MatchFeatures);
        FeaturePhoto[] photos = ExtractFeaturesStage.Load(context.Of(StageNames.ExtractFeatures));
        return new StagePlan(
        [
            new WorkUnit(UnitName)
            {
                Inputs =
                [
                    context.Of(StageNames.ReadMetadata).SummaryKey,
                    context.Of(StageNames.ExtractFeatures).SummaryKey,
                    .. pairs.Units.Select(unit => unit.Key),
                ],
                MemoryBytes = 2000L * photos.Sum(photo => (long)photo.Features),
                Threads = context.Parallelism,
            },
        ]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        SfmInput input = BuildInput(context);
        var progress = new SynchronousProgress<SfmProgress>(step =>
        {
            if (step.Message is { } message)
            {
                context.Say(message);
            }
        });
        SfmResult result = IncrementalReconstructor.Run(
            input, new SfmOptions { DegreeOfParallelism = context.Parallelism }, progress, cancellationToken);
        var report = new ReconstructionReport
        {
            Result = result.Statistics,
            Unplaced = result.Unplaced,
            Residuals = result.PositionResiduals.Residuals.ToDictionary(
                residual => residual.ImageName, residual => (double[])[residual.Difference.X, residual.Difference.Y, residual.Difference.Z], StringComparer.Ordinal),
            Control = [.. result.ControlResiduals.Select(residual => RecordOf(residual, input))],
            FollowsControl = result.FollowsControl,
            Shutter = result.Shutter,
            Start = CamerasJson.Of(input.Cameras.ToDictionary(camera => camera.Key, camera => camera.Value.Start)).ToJsonString(),
            GsdMetres = GroundSampling.Metres(result.Reconstruction),
        };
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(SceneSection))
        {
            ReconstructionFormat.Write(result.Reconstruction, section);
        }

        using (Stream section = writer.Section(ReportSection))
        {
            JsonSerializer.Serialize(section, report, EngineJson.Default.ReconstructionReport);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        CheckpointReader reader = context.Own.OpenUnit(UnitName);
        Reconstruction reconstruction = reader.Read(SceneSection, ReconstructionFormat.Read);
        ReconstructionReport report = LoadReport(context.Own);
        int photos = reconstruction.Shots.Count + report.Unplaced.Count;
        if (reconstruction.Shots.Count < 2)
        {
            throw new OdmException(
                ErrorKind.BadInput,
                "The photos do not overlap: no two of them could be placed. Take photos that show the same ground from several places.");
        }

        context.Say($"{reconstruction.Shots.Count} of {photos} photos placed, {reconstruction.Points.Count} tie points, "
            + $"{reconstruction.Points.Observations.Length} observations");
        foreach (UnplacedPhoto photo in report.Unplaced)
        {
            context.Warn($"{photo.ImageName} could not be placed: {photo.Reason}");
        }

        SayStrays(report, context);
        ShutterOption.Say(report.Shutter, Dataset.Load(context.Of(StageNames.ReadMetadata)), context);
        SayControl(report, Dataset.Load(context.Of(StageNames.ReadMetadata)), context);
        if (reconstruction.MapFrame is { } map && report.Control.Count > 0)
        {
            context.WriteArtefact(
                AssetPaths.ControlPointErrors,
                path => AssetJson.Write(ControlPointsGeoJson.Of(report.Control, Dataset.Load(context.Of(StageNames.ReadMetadata))), path));
        }

        if (reconstruction.MapFrame is null && Dataset.Load(context.Of(StageNames.ReadMetadata)).Georeference is not null)
        {
            context.Warn("The photos' positions do not tell where the cameras stood to each other (do all carry the same one?): results are in local coordinates.");
        }

        context.WriteArtefact(AssetPaths.CamerasJson, path => AssetJson.Write(CamerasJson.Of(reconstruction.Cameras), path));
    }

    public static Reconstruction Load(StageOutput output) => output.OpenUnit(UnitName).Read(SceneSection, ReconstructionFormat.Read);

    public static ReconstructionReport LoadReport(StageOutput output) => output.OpenUnit(UnitName).Read(
        ReportSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.ReconstructionReport)!);

    private static SfmInput BuildInput(StageContext context)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        MapFrame? map = dataset.MapFrame();
        StageOutput features = context.Of(StageNames.ExtractFeatures);
        FeaturePhoto[] names = ExtractFeaturesStage.Load(features);
        var photos = new List<SfmPhoto>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (FeaturePhoto name in names)
        {
            FeatureSet set = features.OpenUnit(name.ImageName).Read(ExtractFeaturesStage.FeatureSection, FeatureSet.Read);
            PhotoMetadata photo = dataset.Photo(name.ImageName).Metadata!;
            index[name.ImageName] = photos.Count;
            photos.Add(new SfmPhoto
            {
                ImageName = name.ImageName,
                CameraId = dataset.Photo(name.ImageName).CameraId,
                Positions = Interleave(set.X, set.Y),
                Scales = set.Scale,
                Colors = set.Colors,
                Position = PriorOf(photo, map, context.Options),
                Shutter = ShutterOption.TimingOf(photo, context.Options),

                // A panorama is stitched level, its middle on the horizon.
                PitchDegrees = dataset.Photo(name.ImageName).Lens == LensModel.Spherical ? 90 : photo.Pitch,
            });
        }

        StageOutput matched = context.Of(StageNames.MatchFeatures);
        var pairs = new List<SfmPair>();
        foreach (WorkUnit unit in matched.Units)
        {
            PairMatches pair = matched.OpenUnit(unit.Name).Read(MatchFeaturesStage.PairSection, PairMatches.Read);
            if (pair.Kind != TwoViewKind.None)
            {
                bool posed = pair.BFromA.Translation.LengthSquared > 0.5;
                pairs.Add(new SfmPair(index[pair.ImageA], index[pair.ImageB], pair.Indices, posed ? pair.BFromA : null));
            }
        }

        return new SfmInput
        {
            Photos = photos,
            Cameras = CameraPriors.Collect(
                names.Select(name => dataset.Photo(name.ImageName)),
                CamerasJson.Read(context.Options.Json("cameras")),
                context.Options.Flag("use-fixed-camera-params")),
            Pairs = pairs,
            MapFrame = map,
            ControlPoints = map is null ? [] : [.. dataset.ControlPoints.Select(point => ControlOf(point, map, index))],
            KeepsPositions = context.Options.Flag("force-gps"),
        };
    }

    private static ControlPoint ControlOf(SurveyedPoint point, MapFrame map, Dictionary<string, int> photos) => new()
    {
        Name = point.Name,
        Position = map.Local.FromGeodetic(new GeodeticPosition(point.Latitude, point.Longitude, point.Height)),
        HorizontalSigma = ControlHorizontalSigma,
        VerticalSigma = ControlVerticalSigma,
        IsCheckPoint = point.IsCheckPoint,
        Marks = [.. point.Marks.Where(mark => photos.ContainsKey(mark.Image)).Select(mark => new ControlMark(photos[mark.Image], mark.X, mark.Y))],
    };

    private static ControlRecord RecordOf(ControlResidual residual, SfmInput input) => new()
    {
        Name = residual.Name,
        IsCheckPoint = residual.IsCheckPoint,
        IsRefuted = residual.IsRefuted,
        Error = [residual.Difference.X, residual.Difference.Y, residual.Difference.Z],
        Marks =
        [
            .. residual.Marks.Select(mark => new ControlMarkRecord(
                input.Photos[mark.Mark.Photo].ImageName, [mark.Mark.X, mark.Mark.Y], [mark.Reprojected.X, mark.Reprojected.Y])),
        ],
    };

    private static void SayControl(ReconstructionReport report, Dataset dataset, StageContext context)
    {
        if (dataset.ControlPoints.Any(point => !point.IsCheckPoint) && !report.FollowsControl)
        {
            context.Warn("The ground control points take no part: three that do not lie on a line have to be marked in two placed photos each.");
        }

        foreach (ControlRecord point in report.Control.Where(point => point.IsRefuted))
        {
            context.Warn(FormattableString.Invariant(
                $"{point.Name} contradicts the other control points by {Math.Sqrt(point.Error.Sum(e => e * e)):0.00} m and was left out: look at its coordinates and marks."));
        }

        foreach (bool checks in (bool[])[false, true])
        {
            ControlRecord[] points = [.. report.Control.Where(point => point.IsCheckPoint == checks && !point.IsRefuted)];
            if (points.Length > 0)
            {
                double Rms(int axis) => Math.Sqrt(points.Average(point => point.Error[axis] * point.Error[axis]));
                context.Say(FormattableString.Invariant(
                    $"{points.Length} {(checks ? "check points" : "control points")}: RMS {Rms(0):0.000} m east, {Rms(1):0.000} m north, {Rms(2):0.000} m up"));
            }
        }
    }

    /// <summary>Names the photos whose position belongs elsewhere. A position that contradicts all others has next to no say in the adjustment.</summary>
    private static void SayStrays(ReconstructionReport report, StageContext context)
    {
        const double leastMetres = 2;
        const double leastMedians = 10;
        Dictionary<string, double> distances = report.Residuals.ToDictionary(
            photo => photo.Key, photo => Math.Sqrt(photo.Value.Sum(d => d * d)), StringComparer.Ordinal);
        double[] sorted = [.. distances.Values.Order()];
        foreach ((string photo, double metres) in distances.OrderBy(photo => photo.Key, StringComparer.Ordinal))
        {
            if (metres > Math.Max(leastMetres, leastMedians * sorted[sorted.Length / 2]))
            {
                context.Warn(FormattableString.Invariant(
                    $"{photo} was taken {metres:0.#} m from the position that it carries; the other photos decided."));
            }
        }
    }

    private static float[] Interleave(float[] x, float[] y)
    {
        var positions = new float[2 * x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            positions[2 * i] = x[i];
            positions[(2 * i) + 1] = y[i];
        }

        return positions;
    }

    private static PositionPrior? PriorOf(PhotoMetadata photo, MapFrame? map, OptionView options)
    {
        if (map is null || !photo.HasPosition)
        {
            return null;
        }

        double height = photo.Altitude is { } altitude
            ? altitude + options.Number("gps-z-offset")
            : map.Local.Origin.HeightMetres;
        Vector3D position = map.Local.FromGeodetic(new GeodeticPosition(photo.Latitude!.Value, photo.Longitude!.Value, height));
        double? given = options.Flag(EngineOptionSet.GpsAccuracyGiven) ? Math.Max(1e-3, options.Number("gps-accuracy")) : null;
        double horizontal = given ?? photo.HorizontalAccuracy ?? DefaultHorizontalSigma;
        double vertical = photo.Altitude is null ? UnknownHeightSigma : given ?? photo.VerticalAccuracy ?? VerticalFactor * horizontal;
        return new PositionPrior(position, Math.Max(1e-3, horizontal), Math.Max(1e-3, vertical));
    }
}
