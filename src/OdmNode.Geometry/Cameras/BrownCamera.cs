using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Cameras;

/// <summary>A pinhole camera with Brown's radial and tangential distortion.</summary>
/// <remarks>
/// D. C. Brown, Close-range camera calibration, Photogrammetric Engineering 37 (1971); the parametrisation of
/// k1, k2, k3, p1, p2 is OpenCV's and OpenSfM's. A perspective camera of OpenSfM has k1 and k2 only.
/// </remarks>
public sealed record BrownCamera : Camera
{
    /// <inheritdoc/>
    public override LensModel Model { get; init; } = LensModel.Brown;

    /// <summary>Radial coefficients of r², r⁴ and r⁶.</summary>
    public double K1 { get; init; }

    /// <inheritdoc cref="K1"/>
    public double K2 { get; init; }

    /// <inheritdoc cref="K1"/>
    public double K3 { get; init; }

    /// <summary>Tangential coefficients.</summary>
    public double P1 { get; init; }

    /// <inheritdoc cref="P1"/>
    public double P2 { get; init; }

    /// <inheritdoc/>
    public override bool IsWide => false;

    /// <summary>Applies the distortion to a point of the plane z = 1.</summary>
    public Vector2D Distort(Vector2D undistorted)
    {
        (double x, double y) = undistorted;
        double r2 = (x * x) + (y * y);
        double radial = 1 + (r2 * (K1 + (r2 * (K2 + (r2 * K3)))));
        return new Vector2D(
            (x * radial) + (2 * P1 * x * y) + (P2 * (r2 + (2 * x * x))),
            (y * radial) + (P1 * (r2 + (2 * y * y))) + (2 * P2 * x * y));
    }

    /// <summary>Inverse of <see cref="Distort"/> by Newton's method; converges wherever the model is one-to-one.</summary>
    public Vector2D Undistort(Vector2D distorted)
    {
        (double x, double y) = distorted;
        for (int iteration = 0; iteration < 20; iteration++)
        {
            Vector2D residual = Distort(new Vector2D(x, y)) - distorted;
            double r2 = (x * x) + (y * y);
            double radial = 1 + (r2 * (K1 + (r2 * (K2 + (r2 * K3)))));
            double slope = 2 * (K1 + (r2 * ((2 * K2) + (r2 * 3 * K3))));
            double jxx = radial + (slope * x * x) + (2 * P1 * y) + (6 * P2 * x);
            double jxy = (slope * x * y) + (2 * P1 * x) + (2 * P2 * y);
            double jyy = radial + (slope * y * y) + (6 * P1 * y) + (2 * P2 * x);
            double determinant = (jxx * jyy) - (jxy * jxy);
            double dx = ((jyy * residual.X) - (jxy * residual.Y)) / determinant;
            double dy = ((jxx * residual.Y) - (jxy * residual.X)) / determinant;
            x -= dx;
            y -= dy;
            if ((dx * dx) + (dy * dy) < 1e-24)
            {
                break;
            }
        }

        return new Vector2D(x, y);
    }

    /// <inheritdoc/>
    public override bool Sees(Vector3D pointInCamera) => pointInCamera.Z > 0;

    /// <inheritdoc/>
    public override Vector2D Project(Vector3D pointInCamera)
    {
        Vector2D distorted = Distort(new Vector2D(pointInCamera.X / pointInCamera.Z, pointInCamera.Y / pointInCamera.Z));
        return new Vector2D((FocalX * distorted.X) + CenterX, (FocalY * distorted.Y) + CenterY);
    }

    /// <inheritdoc/>
    public override Vector2D Normalize(Vector2D pixel) =>
        Undistort(new Vector2D((pixel.X - CenterX) / FocalX, (pixel.Y - CenterY) / FocalY));

    /// <inheritdoc/>
    public override Vector3D Unproject(Vector2D pixel)
    {
        Vector2D normalized = Normalize(pixel);
        return new Vector3D(normalized.X, normalized.Y, 1).Normalized();
    }

    /// <inheritdoc/>
    protected override double[] Coefficients() => [K1, K2, K3, P1, P2];

    /// <inheritdoc/>
    protected override Camera WithCoefficients(ReadOnlySpan<double> values) =>
        this with { K1 = values[0], K2 = values[1], K3 = values[2], P1 = values[3], P2 = values[4] };
}
