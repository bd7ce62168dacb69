namespace OdmNode.Engine.Inputs;

/// <summary>A ground control point, or a check point.</summary>
public sealed record SurveyedPoint
{
    private const string CheckPointPrefix = "CHK-";

    public required string Name { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public required double Longitude { get; init; }

    /// <summary>Metres, as the list says.</summary>
    public required double Height { get; init; }

    /// <summary>In photos of the survey.</summary>
    public required IReadOnlyList<SurveyedMark> Marks { get; init; }

    /// <summary>Points named CHK-… tell how good the result is and take no part in it.</summary>
    public bool IsCheckPoint => Name.StartsWith(CheckPointPrefix, StringComparison.OrdinalIgnoreCase);
}
