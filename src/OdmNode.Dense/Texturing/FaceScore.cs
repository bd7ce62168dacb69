using System.Runtime.InteropServices;

namespace OdmNode.Dense.Texturing;

/// <summary>How well one photo shows one face.</summary>
/// <param name="Face">Index of the triangle.</param>
/// <param name="Area">Size in the full photo, square pixels.</param>
/// <param name="Hidden">Share of it that something nearer covers, 0 to 1.</param>
/// <param name="Red">Mean colour, 0 to 255.</param>
/// <param name="Green">As <paramref name="Red"/>.</param>
/// <param name="Blue">As <paramref name="Red"/>.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct FaceScore(int Face, float Area, float Hidden, float Red, float Green, float Blue)
{
    public float Channel(int channel) => channel switch { 0 => Red, 1 => Green, _ => Blue };
}
