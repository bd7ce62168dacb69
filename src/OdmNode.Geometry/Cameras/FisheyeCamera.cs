using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Cameras;

/// <summary>A lens whose image radius grows with the angle off axis rather than with its tangent.</summary>
/// <remarks>
/// With θ the angle off axis and t the transition, ρ = t tan θ + (1 − t) θ; the radius is ρ (1 + k1 ρ² + k2 ρ⁴ + k3 ρ⁶ + k4 ρ⁸) focal
/// lengths. t = 0 is J. Kannala and S. Brandt, A generic camera model and calibration method for conventional, wide-angle and fish-eye
/// lenses, PAMI 28 (2006), in the parametrisation of OpenCV's module fisheye; with a transition it is OpenSfM's dual camera.
/// Where the polynomial turns back before the edge of the picture, pixels beyond count as seen at that angle.
/// </remarks>
public sealed record FisheyeCamera : Camera
{
    /// <summary>
    /// What a photo is taken to show on the plane z = 1, radians off axis: a pinhole view of the same resolution in its middle would need
    /// 7.5 focal lengths from side to side for more, and the ground there is seen at a grazing angle.
    /// </summary>
    public const double PlaneAngle = 75 * Math.PI / 180;

    private const double WidestEquidistant = 115 * Math.PI / 180;
    private const double WidestTangent = 86 * Math.PI / 180;
    private const int Brackets = 32;

    /// <inheritdoc/>
    public override LensModel Model { get; init; } = LensModel.FisheyeOpenCv;

    /// <summary>Coefficients of ρ², ρ⁴, ρ⁶ and ρ⁸.</summary>
    public double K1 { get; init; }

    /// <inheritdoc cref="K1"/>
    public double K2 { get; init; }

    /// <inheritdoc cref="K1"/>
    public double K3 { get; init; }

    /// <inheritdoc cref="K1"/>
    public double K4 { get; init; }

    /// <summary>0 for an equidistant lens, 1 for a perspective one.</summary>
    public double Transition { get; init; }

    /// <inheritdoc/>
    public override bool IsWide => true;

    private double Widest => Transition == 0 ? WidestEquidistant : WidestTangent;

    /// <inheritdoc/>
    public override bool Sees(Vector3D pointInCamera) =>
        Math.Atan2(Math.Sqrt((pointInCamera.X * pointInCamera.X) + (pointInCamera.Y * pointInCamera.Y)), pointInCamera.Z) <= Widest;

    /// <inheritdoc/>
    public override Vector2D Project(Vector3D pointInCamera)
    {
        (double x, double y, double z) = pointInCamera;
        double side = Math.Sqrt((x * x) + (y * y));
        double scale = side < 1e-12 * z ? 1 / z : Radius(Math.Atan2(side, z)) / side;
        return new Vector2D((FocalX * scale * x) + CenterX, (FocalY * scale * y) + CenterY);
    }

    /// <inheritdoc/>
    public override Vector2D Normalize(Vector2D pixel)
    {
        (Vector2D distorted, double radius) = Distorted(pixel);
        return radius == 0 ? distorted : Math.Tan(Math.Min(AngleOf(radius), PlaneAngle)) / radius * distorted;
    }

    /// <inheritdoc/>
    public override Vector3D Unproject(Vector2D pixel)
    {
        (Vector2D distorted, double radius) = Distorted(pixel);
        if (radius == 0)
        {
            return new Vector3D(0, 0, 1);
        }

        (double sin, double cos) = Math.SinCos(AngleOf(radius));
        return new Vector3D(sin / radius * distorted.X, sin / radius * distorted.Y, cos);
    }

    /// <inheritdoc/>
    protected override double[] Coefficients() => [K1, K2, K3, K4, Transition];

    /// <inheritdoc/>
    protected override Camera WithCoefficients(ReadOnlySpan<double> values) =>
        this with { K1 = values[0], K2 = values[1], K3 = values[2], K4 = values[3], Transition = values[4] };

    private (Vector2D Distorted, double Radius) Distorted(Vector2D pixel)
    {
        var distorted = new Vector2D((pixel.X - CenterX) / FocalX, (pixel.Y - CenterY) / FocalY);
        return (distorted, distorted.Length);
    }

    /// <summary>Image radius of an angle off axis, focal lengths.</summary>
    private double Radius(double angle)
    {
        double rho = Transition == 0 ? angle : (Transition * Math.Tan(angle)) + ((1 - Transition) * angle);
        double g = rho * rho;
        return rho * (1 + (g * (K1 + (g * (K2 + (g * (K3 + (g * K4))))))));
    }

    /// <summary>The smallest angle of an image radius: bracketed on the way out, then false position with halved ends (the Illinois rule).</summary>
    private double AngleOf(double radius)
    {
        double low = 0;
        double atLow = 0;
        double high = 0;
        double atHigh = 0;
        for (int i = 1; i <= Brackets && atHigh < radius; i++)
        {
            (low, atLow) = (high, atHigh);
            high = Widest * i / Brackets;
            atHigh = Radius(high);
            if (atHigh <= atLow)
            {
                return low;
            }
        }

        if (atHigh < radius)
        {
            return high;
        }

        (double below, double above) = (atLow - radius, atHigh - radius);
        int side = 0;
        for (int iteration = 0; iteration < 60 && high - low > 1e-15 && above > 0; iteration++)
        {
            double middle = Math.Clamp(((low * above) - (high * below)) / (above - below), low, high);
            double value = Radius(middle) - radius;
            if (Math.Abs(value) < 1e-15)
            {
                return middle;
            }

            if (value < 0)
            {
                (low, below) = (middle, value);
                above = side < 0 ? 0.5 * above : above;
                side = -1;
            }
            else
            {
                (high, above) = (middle, value);
                below = side > 0 ? 0.5 * below : below;
                side = 1;
            }
        }

        return high;
    }
}
