using OdmNode.Native.Kernels;

namespace OdmNode.Features.Detection;

/// <summary>An extremum of the scale space, in pixels of the picture that was searched; its corner is (0, 0).</summary>
/// <param name="Octave">-1 for the doubled picture, 0 for the picture itself, then halved each time.</param>
/// <param name="Point">The extremum in its octave.</param>
internal readonly record struct Keypoint(int Octave, SiftPoint Point)
{
    /// <summary>Pixels of the picture in a pixel of the octave.</summary>
    public float PixelSize => MathF.ScaleB(1, Octave);

    // Halving keeps the centre of the first pixel, doubling the corner of the picture.
    public float X => Octave < 0 ? (Point.X + 0.5f) * PixelSize : (Point.X * PixelSize) + 0.5f;

    public float Y => Octave < 0 ? (Point.Y + 0.5f) * PixelSize : (Point.Y * PixelSize) + 0.5f;

    /// <summary>Diameter: twice the blur.</summary>
    public float Size => 2 * SiftOctave.FirstBlur * MathF.Pow(2, Point.Layer / SiftOctave.Layers) * PixelSize;
}
