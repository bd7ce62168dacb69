namespace OdmNode.Imaging.Codecs;

/// <summary>What the first bytes of a picture declare; nothing is decoded yet.</summary>
/// <param name="Format">By the file's signature.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public readonly record struct PhotoHeader(PhotoFormat Format, int Width, int Height);
