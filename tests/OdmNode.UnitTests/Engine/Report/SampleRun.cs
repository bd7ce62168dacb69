using OdmNode.Core.Identity;
using OdmNode.Engine.Report;
using OdmNode.Engine.Report.Figures;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Engine.Stages;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Coverage;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;
using OdmNode.Sfm.Bundle;
using SkiaSharp;

namespace OdmNode.UnitTests.Engine.Report;

/// <summary>A made-up run with figures that are told apart in a text.</summary>
internal static class SampleRun
{
    public const string CameraId = "dji fc300s 4000 2250 brown 0.5555";
    private static readonly DateTimeOffset Written = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static RunStatistics Georeferenced { get; } = new()
    {
        WrittenAt = Written,
        FirstCapture = new DateTimeOffset(2025, 6, 23, 16, 31, 59, TimeSpan.Zero),
        LastCapture = new DateTimeOffset(2025, 6, 23, 17, 2, 3, TimeSpan.Zero),
        Map = new MapFrame(new GeodeticPosition(46.5, -91.75, 180), new UtmZone(15, North: true), 595_000, 5_150_000),
        CameraArea = 7083.4,
        SurveyedArea = 23_456,
        GsdMetres = 0.01623,
        Stages = [.. StageNames.All.Select((name, i) => new StageTime(name, StageNames.PublicNameOf(name), 1.5 + i))],
        PhotosPlaced = 187,
        Unplaced = [],
        Detected = new CountSummary(8123, 10_345, 9876, 9911),
        Reconstructed = new CountSummary(649, 3642, 2105, 2457),
        Components = 1,
        InitialPoints = 14_105,
        InitialObservations = 40_832,
        Points = 13_522,
        Observations = 37_891,
        Tracks = new TrackLengths(new SortedDictionary<int, int> { [2] = 7709, [3] = 2899, [4] = 1534, [7] = 129, [31] = 17 }),
        Pixels = ErrorDistribution.Of([.. Enumerable.Range(0, 1000).Select(i => 0.00234 * i)]),
        Normalized = ErrorDistribution.Of([0.05, 0.06]),
        Angular = ErrorDistribution.Of([0.0002, 0.0003]),
        Cameras = [new CameraCalibration(CameraId, Lens with { K1 = 0, FocalX = 2222, FocalY = 2222 }, Lens, 187)],
        Gps = PositionErrors.Of([new Vector3D(0.123, -0.456, 0.789), new Vector3D(-0.3, 0.2, 0.1)]),
        Cloud = new CloudStatistics { Count = 1_725_691, Minimum = [1, 2, 3], Maximum = [4, 5, 6], Sum = [1e6, 1e6, 1e6] },
        Elevation =
        [
            new ElevationModel("dsm", new ElevationSummary
            {
                Cells = 3_622_423, Measured = 2_463_247, CellMetres = 0.05, Lowest = 154.71, Highest = 179.97, Mean = 162.72, Deviation = 4.63,
            }),
        ],
        OverlapShares = [0.019, 0.201, 0.244, 0.123, 0.413],
    };

    public static RunStatistics WithoutPositions { get; } = Georeferenced with
    {
        Map = null,
        FirstCapture = null,
        LastCapture = null,
        SurveyedArea = null,
        GsdMetres = null,
        Gps = null,
        Elevation = [],
    };

    private static BrownCamera Lens => new()
    {
        Width = 4000,
        Height = 2250,
        FocalX = 2290.8,
        FocalY = 2290.8,
        CenterX = 1986,
        CenterY = 1150,
        K1 = 0.01176,
        K2 = -0.00158,
    };

    /// <summary>Everything that a report of the run shows; the caller disposes.</summary>
    public static ReportContent ContentOf(RunStatistics run)
    {
        bool hasMap = run.Map is not null;
        return new ReportContent
        {
            Run = run,
            Overlap = new OverlapMap
            {
                Grid = new GroundGrid(595_000, 5_150_100, 2, 60, 50),
                Counts = [.. Enumerable.Range(0, 3000).Select(i => i % 8)],
                Cameras = [.. Enumerable.Range(0, run.PhotosPlaced).Select(i => new Vector2D(595_000 + (i % 120), 5_150_000 + (i % 90)))],
            },
            Outline = hasMap ? [new(595_010, 5_150_010), new(595_100, 5_150_010), new(595_050, 5_150_090)] : [],
            Residuals =
            [
                new ResidualGrid
                {
                    CameraId = CameraId,
                    Columns = 32,
                    Rows = 18,
                    Counts = [.. Enumerable.Range(0, 576).Select(i => i % 40)],
                    MeanVectors = [.. Enumerable.Range(0, 576).Select(i => new Vector2D(0.1 * Math.Sin(i), 0.1 * Math.Cos(i)))],
                    RootMeanSquares = [.. Enumerable.Range(0, 576).Select(i => i % 7 * 0.2)],
                },
            ],
            Orthophoto = hasMap ? Picture() : null,
            Relief = run.Elevation.ToDictionary(model => model.Key, _ => new ReliefImage(Picture(), 155.6, 174.2)),
        };
    }

    private static MapImage Picture()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(300, 260, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.ForestGreen);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 88);
        return new MapImage(SKImage.FromEncodedData(data), 0.4);
    }
}
