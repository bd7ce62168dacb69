using OdmNode.Engine.Stages;
using OdmNode.Geometry.Geodesy;
using OdmNode.Sfm;
using OdmNode.Sfm.Shutter;

namespace OdmNode.Engine.Report.Statistics;

/// <summary>Everything that stats.json and the report tell of a run; both are written from this, so they cannot disagree.</summary>
internal sealed record RunStatistics
{
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>First and last exposure by the cameras' clocks; null where no photo tells.</summary>
    public required DateTimeOffset? FirstCapture { get; init; }

    /// <inheritdoc cref="FirstCapture"/>
    public required DateTimeOffset? LastCapture { get; init; }

    /// <summary>Null for a survey without a map, whose lengths have no scale.</summary>
    public required MapFrame? Map { get; init; }

    /// <summary>Bounding box of the cameras, square metres.</summary>
    public required double CameraArea { get; init; }

    /// <summary>Inside of the outline to which products are cut, square metres; null without a map.</summary>
    public required double? SurveyedArea { get; init; }

    /// <summary>Ground sampling distance, metres; null where no photo looks down on tie points.</summary>
    public required double? GsdMetres { get; init; }

    /// <summary>Stages that have ended, in their order.</summary>
    public required IReadOnlyList<StageTime> Stages { get; init; }

    /// <summary>Files that were to be photos.</summary>
    public int PhotosGiven => PhotosPlaced + Unplaced.Count;

    public required int PhotosPlaced { get; init; }

    /// <summary>Those that could not be read, or not be placed, with the reason.</summary>
    public required IReadOnlyList<UnplacedPhoto> Unplaced { get; init; }

    /// <summary>Keypoints of a photo.</summary>
    public required CountSummary Detected { get; init; }

    /// <summary>Keypoints of a photo that belong to a tie point.</summary>
    public required CountSummary Reconstructed { get; init; }

    public required int Components { get; init; }

    public required int InitialPoints { get; init; }

    /// <summary>Observations in the matched tracks, before the adjustment judged them.</summary>
    public required int InitialObservations { get; init; }

    public required int Points { get; init; }

    public required int Observations { get; init; }

    public required TrackLengths Tracks { get; init; }

    /// <summary>Reprojection errors of all observations, full-size pixels.</summary>
    public required ErrorDistribution Pixels { get; init; }

    /// <summary>The same in units of the keypoint's size.</summary>
    public required ErrorDistribution Normalized { get; init; }

    /// <summary>The same as angles, radians.</summary>
    public required ErrorDistribution Angular { get; init; }

    public required IReadOnlyList<CameraCalibration> Cameras { get; init; }

    /// <summary>Estimated minus given places of the cameras; null without a map.</summary>
    public required PositionErrors? Gps { get; init; }

    /// <summary>Whether control points hold the result in the map.</summary>
    public bool FollowsControl { get; init; }

    /// <summary>What the correction of the rolling shutter did; null where none took place.</summary>
    public ShutterSummary? Shutter { get; init; }

    /// <summary>Empty for a run without ground control points.</summary>
    public IReadOnlyList<ControlPointError> ControlPoints { get; init; } = [];

    public required CloudStatistics Cloud { get; init; }

    public required IReadOnlyList<ElevationModel> Elevation { get; init; }

    /// <summary>Shares of the ground that one photo shows, two, three, four, and five or more.</summary>
    public required IReadOnlyList<double> OverlapShares { get; init; }

    /// <summary>Wall seconds that the stages took when they were computed.</summary>
    public double TotalSeconds => Stages.Sum(stage => stage.Seconds);

    /// <summary>Errors of the points that took part in the adjustment, or of those that did not; null without such.</summary>
    public PositionErrors? ErrorsOfControl(bool checkPoints) =>
        PositionErrors.Of([.. ControlPoints.Where(point => point.IsCheckPoint == checkPoints).Select(point => point.Error)]);

    /// <summary>Wall seconds of some stages; −1 where one of them did not run.</summary>
    public double SecondsOf(params ReadOnlySpan<string> names)
    {
        double sum = 0;
        foreach (string name in names)
        {
            if (Stages.FirstOrDefault(stage => stage.Name == name) is not { } stage)
            {
                return -1;
            }

            sum += stage.Seconds;
        }

        return sum;
    }
}
