namespace OdmNode.Dense.DepthMaps;

/// <summary>What one level found: for every pixel a plane number with its fraction, and how sure it is.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Planes">width × height.</param>
/// <param name="Margins">width × height: lead of the winner, 0 where there is no answer.</param>
internal sealed record PlaneMap(int Width, int Height, float[] Planes, byte[] Margins);
