namespace OdmNode.Geospatial.Tiles;

/// <summary>A rendered tile.</summary>
/// <param name="Size">Pixels along a side.</param>
/// <param name="Pixels">Size × size × 4 bytes: red, green, blue, alpha, not premultiplied; rows from the north.</param>
public sealed record TilePicture(int Size, byte[] Pixels);
