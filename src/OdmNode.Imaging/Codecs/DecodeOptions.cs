namespace OdmNode.Imaging.Codecs;

/// <summary>How a photo is decoded.</summary>
public sealed record DecodeOptions
{
    /// <summary>One grey channel instead of red, green, blue.</summary>
    public bool Grey { get; init; }

    /// <summary>1, 2, 4 or 8: sizes divide by it and round up.</summary>
    public int ScaleDenominator { get; init; } = 1;

    /// <summary>Pictures that declare more pixels than this are refused before memory is taken for them.</summary>
    public long MaximumPixels { get; init; } = PhotoCodec.DefaultMaximumPixels;
}
