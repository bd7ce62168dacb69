namespace OdmNode.Testing.Products;

/// <summary>One image of a TIFF file.</summary>
public sealed record TiffImage
{
    /// <summary>Where its directory begins.</summary>
    public required long Place { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Is it an overview?</summary>
    public required bool IsReduced { get; init; }

    /// <summary>0 where it is stored in strips.</summary>
    public required int BlockWidth { get; init; }

    /// <summary>In reading order.</summary>
    public required IReadOnlyList<long> BlockOffsets { get; init; }

    /// <inheritdoc cref="BlockOffsets"/>
    public required IReadOnlyList<long> BlockLengths { get; init; }
}
