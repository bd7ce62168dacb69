using System.Runtime.InteropServices;

namespace OdmNode.Native.Kernels;

/// <summary>An extremum of the difference of Gaussians in an octave.</summary>
/// <param name="X">Column, pixels of the octave; the centre of the first is 0.</param>
/// <param name="Y">Row, pixels of the octave; the centre of the first is 0.</param>
/// <param name="Layer">Between the planes of the octave: the blur is 1.6 · 2^(layer / 3) pixels of it.</param>
/// <param name="Contrast">Absolute difference of Gaussians there, of grey from 0 to 1.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct SiftPoint(float X, float Y, float Layer, float Contrast);
