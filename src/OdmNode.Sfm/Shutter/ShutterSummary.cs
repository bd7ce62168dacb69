namespace OdmNode.Sfm.Shutter;

/// <summary>What the correction of a rolling shutter did to a block.</summary>
public sealed record ShutterSummary
{
    /// <summary>Placed photos whose motion is part of the result.</summary>
    public required int Photos { get; init; }

    /// <summary>Of those, photos whose speed the drone measured; that of the others is from the places and times of their neighbours.</summary>
    public required int MeasuredSpeeds { get; init; }

    /// <summary>Placed photos with a readout time, but with no speed and no neighbours that tell it: left as they are.</summary>
    public required int WithoutSpeed { get; init; }

    /// <summary>Shortest readout time of those corrected, milliseconds.</summary>
    public required double LeastReadoutMilliseconds { get; init; }

    /// <summary>Longest readout time of those corrected, milliseconds.</summary>
    public required double MostReadoutMilliseconds { get; init; }

    /// <summary>Median speed of the photos corrected, metres a second.</summary>
    public required double MedianSpeed { get; init; }

    /// <summary>Median over the observations of how far they were moved, full-size pixels.</summary>
    public required double MedianShiftPixels { get; init; }

    /// <summary>Times that pixels were moved and everything adjusted again.</summary>
    public required int Rounds { get; init; }
}
