using OdmNode.Geometry.Geodesy;
using OdmNode.Sfm.Control;

namespace OdmNode.Sfm;

/// <summary>All that a reconstruction starts from.</summary>
public sealed record SfmInput
{
    /// <summary>In ordinal order of image name.</summary>
    public required IReadOnlyList<SfmPhoto> Photos { get; init; }

    /// <summary>Lens by camera id.</summary>
    public required IReadOnlyDictionary<string, SfmCamera> Cameras { get; init; }

    /// <summary>At most one for every two photos; the order does not matter.</summary>
    public required IReadOnlyList<SfmPair> Pairs { get; init; }

    /// <summary>Frame of the position priors; null when the survey has no positions.</summary>
    public MapFrame? MapFrame { get; init; }

    /// <summary>Surveyed points. With three of them that are no check points the block follows them and not the photos' positions.</summary>
    public IReadOnlyList<ControlPoint> ControlPoints { get; init; } = [];

    /// <summary>Whether the photos' positions count beside control points, less what they are off from these on average.</summary>
    public bool KeepsPositions { get; init; }

    /// <summary>Says all that is wrong with the input, nothing when it is sound.</summary>
    public IReadOnlyList<string> Check()
    {
        var problems = new List<string>();
        for (int i = 0; i < Photos.Count; i++)
        {
            SfmPhoto photo = Photos[i];
            if (i > 0 && string.CompareOrdinal(Photos[i - 1].ImageName, photo.ImageName) >= 0)
            {
                problems.Add($"Photo {photo.ImageName} is out of order or double.");
            }

            if (!Cameras.ContainsKey(photo.CameraId))
            {
                problems.Add($"Photo {photo.ImageName} names the unknown camera {photo.CameraId}.");
            }

            if (photo.Positions.Length != 2 * photo.FeatureCount || photo.Colors.Length != 3 * photo.FeatureCount)
            {
                problems.Add($"The keypoint arrays of photo {photo.ImageName} do not fit each other.");
            }

            if (photo.Position is { } p && !(p.HorizontalSigma > 0 && p.VerticalSigma > 0 && double.IsFinite(p.Position.LengthSquared)))
            {
                problems.Add($"Photo {photo.ImageName} has a position without a valid accuracy.");
            }
        }

        foreach (ControlPoint point in ControlPoints)
        {
            if (!(point.HorizontalSigma > 0 && point.VerticalSigma > 0) || point.Marks.Any(mark => (uint)mark.Photo >= (uint)Photos.Count))
            {
                problems.Add($"The control point {point.Name} is invalid.");
            }
        }

        foreach (SfmPair pair in Pairs)
        {
            if (pair.First < 0 || pair.First >= pair.Second || pair.Second >= Photos.Count || pair.Matches.Length % 2 != 0)
            {
                problems.Add($"The pair {pair.First}, {pair.Second} is invalid.");
                continue;
            }

            for (int m = 0; m < pair.Matches.Length; m++)
            {
                int photo = m % 2 == 0 ? pair.First : pair.Second;
                if ((uint)pair.Matches[m] >= (uint)Photos[photo].FeatureCount)
                {
                    problems.Add($"The pair {pair.First}, {pair.Second} matches an unknown feature.");
                    break;
                }
            }
        }

        return problems;
    }
}
