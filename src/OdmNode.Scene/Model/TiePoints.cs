using OdmNode.Geometry.Linear;

namespace OdmNode.Scene.Model;

/// <summary>The sparse cloud: n points and what saw them, laid out flat.</summary>
public sealed class TiePoints
{
    public static readonly TiePoints Empty = new([], [], [0], []);

    /// <param name="positions">n points in the world frame.</param>
    /// <param name="colors">3n bytes, red, green, blue.</param>
    /// <param name="observationOffsets">n + 1 offsets: point i has observations [offsets[i], offsets[i + 1]).</param>
    /// <param name="observations">Sorted by point, then by shot.</param>
    public TiePoints(Vector3D[] positions, byte[] colors, int[] observationOffsets, Observation[] observations)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(colors);
        ArgumentNullException.ThrowIfNull(observationOffsets);
        ArgumentNullException.ThrowIfNull(observations);
        if (colors.Length != 3 * positions.Length || observationOffsets.Length != positions.Length + 1
            || observationOffsets[^1] != observations.Length)
        {
            throw new ArgumentException("The arrays of tie points do not fit each other.");
        }

        Positions = positions;
        Colors = colors;
        ObservationOffsets = observationOffsets;
        Observations = observations;
    }

    public Vector3D[] Positions { get; }

    public byte[] Colors { get; }

    public int[] ObservationOffsets { get; }

    public Observation[] Observations { get; }

    public int Count => Positions.Length;

    /// <summary>The observations of one point.</summary>
    public ReadOnlySpan<Observation> ObservationsOf(int point) =>
        Observations.AsSpan(ObservationOffsets[point], ObservationOffsets[point + 1] - ObservationOffsets[point]);
}
