namespace OdmNode.Features.Pairing;

/// <summary>How many pairs of photos are matched.</summary>
public sealed record PairOptions
{
    /// <summary>
    /// Nearest photos that every photo is matched with; 0 chooses by itself. ODM's <c>matcher-neighbors</c>.
    /// </summary>
    public int Neighbors { get; init; }

    /// <summary>Surveys up to this many photos are matched completely when <see cref="Neighbors"/> is 0.</summary>
    public int ExhaustiveUpTo { get; init; } = 24;

    /// <summary>Most neighbours of a photo when <see cref="Neighbors"/> is 0; bounds the cost of surveys with great overlap.</summary>
    public int MostNeighbors { get; init; } = 24;

    /// <summary>Neighbours that every photo gets even where footprints do not seem to overlap.</summary>
    public int FewestNeighbors { get; init; } = 10;
}
