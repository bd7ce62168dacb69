using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Cameras;

/// <summary>A picture of the whole sphere: columns are longitudes from −π to π, rows latitudes from straight up to straight down.</summary>
/// <remarks>
/// The equirectangular projection of OpenSfM's spherical camera: the middle of the picture looks along z, its right quarter along x, its
/// lower edge along y. It has no values of its own; a radian has width / 2π pixels.
/// </remarks>
public sealed record SphericalCamera : Camera
{
    /// <inheritdoc/>
    public override LensModel Model { get; init; } = LensModel.Spherical;

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override bool Sees(Vector3D pointInCamera) => pointInCamera.LengthSquared > 0;

    /// <inheritdoc/>
    public override Vector2D Project(Vector3D pointInCamera)
    {
        (double x, double y, double z) = pointInCamera;
        return new Vector2D(
            (FocalX * Math.Atan2(x, z)) + CenterX, (FocalY * Math.Atan2(y, Math.Sqrt((x * x) + (z * z)))) + CenterY);
    }

    /// <summary>A plane holds no picture of a sphere: what is within <see cref="FisheyeCamera.PlaneAngle"/> of the axis, the rest at that angle.</summary>
    public override Vector2D Normalize(Vector2D pixel)
    {
        Vector3D ray = Unproject(pixel);
        double side = Math.Sqrt((ray.X * ray.X) + (ray.Y * ray.Y));
        double scale = side == 0 ? 1 : Math.Tan(Math.Min(Math.Atan2(side, ray.Z), FisheyeCamera.PlaneAngle)) / side;
        return new Vector2D(scale * ray.X, scale * ray.Y);
    }

    /// <inheritdoc/>
    public override Vector3D Unproject(Vector2D pixel)
    {
        (double sinLongitude, double cosLongitude) = Math.SinCos((pixel.X - CenterX) / FocalX);
        (double sinDown, double cosDown) = Math.SinCos((pixel.Y - CenterY) / FocalY);
        return new Vector3D(cosDown * sinLongitude, sinDown, cosDown * cosLongitude);
    }

    /// <summary>The arc from the point to the pixel's ray, along the rows and the columns of the picture there: no seam and no pole is in its way.</summary>
    public override Vector2D Residual(Vector3D pointInCamera, Vector2D pixel)
    {
        Vector3D ray = Unproject(pixel);
        (double sin, double cos) = Math.SinCos((pixel.X - CenterX) / FocalX);
        var right = new Vector3D(cos, 0, -sin);
        Vector3D down = Vector3D.Cross(ray, right);
        double across = Vector3D.Dot(right, pointInCamera);
        double along = Vector3D.Dot(down, pointInCamera);
        double side = Math.Sqrt((across * across) + (along * along));
        double arc = side == 0 ? 0 : Math.Atan2(side, Vector3D.Dot(ray, pointInCamera)) / side;
        return new Vector2D(-FocalX * arc * across, -FocalY * arc * along);
    }

    /// <inheritdoc/>
    protected override double[] Coefficients() => [0, 0, 0, 0, 0];

    /// <inheritdoc/>
    protected override Camera WithCoefficients(ReadOnlySpan<double> values) => this;
}
