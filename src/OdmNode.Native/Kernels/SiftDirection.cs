using System.Runtime.InteropServices;

namespace OdmNode.Native.Kernels;

/// <summary>A direction of the gradients around a point.</summary>
/// <param name="Point">Index of the <see cref="SiftPoint"/>.</param>
/// <param name="Angle">Radians in [0, 2π), from x towards y.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct SiftDirection(int Point, float Angle);
