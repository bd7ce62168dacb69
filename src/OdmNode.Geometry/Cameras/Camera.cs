using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Cameras;

/// <summary>A lens in front of a picture: which pixel shows a point of the camera frame.</summary>
/// <remarks>
/// Pixels are those of the full-size photo; the centre of the top-left pixel is (0.5, 0.5), so that scaling an image
/// by s scales its coordinates by s. The camera frame is x right, y down, z forward.
/// </remarks>
public abstract record Camera
{
    /// <summary>Values that describe a lens besides its size; see <see cref="Parameters"/>.</summary>
    public const int ParameterCount = 9;

    /// <summary>What the lens is called; models of one class differ in the values that an adjustment may change.</summary>
    public abstract LensModel Model { get; init; }

    /// <summary>Photo width, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Photo height, pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Focal length along x, pixels: in the middle, pixels per radian.</summary>
    public required double FocalX { get; init; }

    /// <summary>Focal length along y, pixels.</summary>
    public required double FocalY { get; init; }

    /// <summary>Principal point, pixels from the left edge.</summary>
    public required double CenterX { get; init; }

    /// <summary>Principal point, pixels from the top edge.</summary>
    public required double CenterY { get; init; }

    /// <summary>The longer side of the photo, pixels: the unit of focal length and centre in ODM's cameras.json.</summary>
    public int LongestSide => Math.Max(Width, Height);

    /// <summary>
    /// True when the plane z = 1 does not hold, or badly distorts, what the lens sees: errors are then to be measured between rays.
    /// </summary>
    public abstract bool IsWide { get; }

    /// <summary>True where the model says which pixel shows a point of the camera frame.</summary>
    public abstract bool Sees(Vector3D pointInCamera);

    /// <summary>Pixel of a point in the camera frame. Meaningful only for what the lens <see cref="Sees"/>; the caller tests that.</summary>
    public abstract Vector2D Project(Vector3D pointInCamera);

    /// <summary>Undistorted point of the plane z = 1 seen at a pixel; of a wide lens, at most <see cref="FisheyeCamera.PlaneAngle"/> off axis.</summary>
    public abstract Vector2D Normalize(Vector2D pixel);

    /// <summary>Unit ray in the camera frame seen at a pixel.</summary>
    public abstract Vector3D Unproject(Vector2D pixel);

    /// <summary>An observed pixel minus the one that a point in the camera frame should be seen at.</summary>
    public virtual Vector2D Residual(Vector3D pointInCamera, Vector2D pixel) => pixel - Project(pointInCamera);

    /// <summary>What a pixel sees as two-view geometry takes it: (x, y, 1) on the plane z = 1, or the unit ray of a wide lens.</summary>
    public Vector3D ImagePoint(Vector2D pixel)
    {
        if (IsWide)
        {
            return Unproject(pixel);
        }

        Vector2D onPlane = Normalize(pixel);
        return new Vector3D(onPlane.X, onPlane.Y, 1);
    }

    /// <summary>A lens of a model without distortion, with its axis in the middle of the picture.</summary>
    /// <param name="model">Of a dual lens, the transition is one half; a sphere takes its focal length from the width.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="focal">Pixels.</param>
    public static Camera Of(LensModel model, int width, int height, double focal)
    {
        (double x, double y) = (0.5 * width, 0.5 * height);
        if (model == LensModel.Spherical)
        {
            double perRadian = width / (2 * Math.PI);
            return new SphericalCamera { Width = width, Height = height, FocalX = perRadian, FocalY = perRadian, CenterX = x, CenterY = y };
        }

        return model is LensModel.Perspective or LensModel.Brown
            ? new BrownCamera { Model = model, Width = width, Height = height, FocalX = focal, FocalY = focal, CenterX = x, CenterY = y }
            : new FisheyeCamera
            {
                Model = model,
                Width = width,
                Height = height,
                FocalX = focal,
                FocalY = focal,
                CenterX = x,
                CenterY = y,
                Transition = model == LensModel.Dual ? 0.5 : 0,
            };
    }

    /// <summary>
    /// <see cref="FocalX"/>, <see cref="FocalY"/> / <see cref="FocalX"/>, <see cref="CenterX"/>, <see cref="CenterY"/> and the five values of
    /// the class: what a bundle adjustment works on.
    /// </summary>
    public double[] Parameters() => [FocalX, FocalY / FocalX, CenterX, CenterY, .. Coefficients()];

    /// <summary>The lens with other values, in the order of <see cref="Parameters"/>.</summary>
    public Camera WithParameters(ReadOnlySpan<double> values) =>
        WithCoefficients(values[4..ParameterCount]) with
        {
            FocalX = values[0],
            FocalY = values[0] * values[1],
            CenterX = values[2],
            CenterY = values[3],
        };

    /// <summary>The same lens on an image resized to the given size.</summary>
    public Camera Resized(int width, int height) => this with
    {
        Width = width,
        Height = height,
        FocalX = FocalX * width / Width,
        FocalY = FocalY * height / Height,
        CenterX = CenterX * width / Width,
        CenterY = CenterY * height / Height,
    };

    /// <summary>The five values of the class.</summary>
    protected abstract double[] Coefficients();

    /// <summary>The lens with other values of the class, in the order of <see cref="Coefficients"/>.</summary>
    protected abstract Camera WithCoefficients(ReadOnlySpan<double> values);
}
