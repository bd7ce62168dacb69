namespace OdmNode.WebOdm.Tiles;

/// <summary>An encoded tile.</summary>
/// <param name="Content">The bytes of a file; shared, not to be changed.</param>
/// <param name="Format">What they are.</param>
public sealed record TileImage(byte[] Content, TileFormat Format);
