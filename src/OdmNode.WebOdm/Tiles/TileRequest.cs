namespace OdmNode.WebOdm.Tiles;

/// <summary>A tile and the form in which it is wanted.</summary>
/// <param name="Zoom">From 0.</param>
/// <param name="Column">From the antimeridian eastward.</param>
/// <param name="Row">From the north.</param>
/// <param name="Size">Pixels along a side.</param>
/// <param name="Format">Null for JPEG where the tile is opaque all over, and else WebP or PNG.</param>
/// <param name="TakesWebp">Whether WebP may be chosen.</param>
public readonly record struct TileRequest(int Zoom, int Column, int Row, int Size, TileFormat? Format, bool TakesWebp);
