namespace OdmNode.Accuracy.Figures;

/// <summary>All figures of one data set; null where it has no such thing.</summary>
internal sealed record DataSetMetrics
{
    public required string Name { get; init; }

    public required int Photos { get; init; }

    public required double WallSeconds { get; init; }

    public required double CpuSeconds { get; init; }

    public required double PeakResidentMebibytes { get; init; }

    public required IReadOnlyList<StageTime> Stages { get; init; }

    public required int Placed { get; init; }

    /// <summary>Mean over all observations, full-size pixels.</summary>
    public double? ReprojectionErrorPixels { get; init; }

    public int? TiePoints { get; init; }

    public double? ObservationsPerPhoto { get; init; }

    /// <summary>Of the stages that end with the reconstruction.</summary>
    public double? ReconstructionWallSeconds { get; init; }

    /// <summary>Placed photos against EXIF after the best similarity, metres.</summary>
    public double? GpsRmseAligned { get; init; }

    /// <summary>Placed photos against EXIF as they stand, metres.</summary>
    public double? GpsRmse { get; init; }

    /// <summary>Share of the orthophoto's outline that has data.</summary>
    public double? OrthophotoDataShare { get; init; }

    public int? PointCloudPoints { get; init; }

    /// <summary>Upload to results, through HTTP.</summary>
    public double? WholeTaskWallSeconds { get; init; }

    public TruthFigures? Truth { get; init; }
}
