using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>A view in the frame of a small block of ground: an affine map to the camera frame, then the lens, in single precision.</summary>
/// <remarks>The affine map is the derivative of the exact one at the block's anchor; over 64 cells its error is below 1e-4 pixel.</remarks>
internal readonly struct GroundView
{
    // As in RollingShutter, in single precision.
    private const int ShutterSteps = 2;
    private readonly float m11, m12, m13, m21, m22, m23, m31, m32, m33, t1, t2, t3;
    private readonly float focalX, focalY, centerX, centerY, k1, k2, k3, p1, p2, farthest;
    private readonly float travelX, travelY, travelZ, perRow;
    private readonly bool isMoving;

    // Of a wide lens, p1 and p2 hold k4 and the transition.
    private readonly bool isWide;

    /// <param name="view">Photo and lens.</param>
    /// <param name="farthestRadiusSquared">From <see cref="FarthestRadiusSquared"/>.</param>
    /// <param name="anchorInWorld">Origin of the block, world frame.</param>
    /// <param name="worldFromMap">Derivative at the anchor.</param>
    public GroundView(OrthoView view, double farthestRadiusSquared, Vector3D anchorInWorld, Matrix3x3 worldFromMap)
    {
        Matrix3x3 m = view.Shot.CameraFromWorld.Rotation * worldFromMap;
        Vector3D t = view.Shot.CameraFromWorld * anchorInWorld;
        (m11, m12, m13) = ((float)m.M11, (float)m.M12, (float)m.M13);
        (m21, m22, m23) = ((float)m.M21, (float)m.M22, (float)m.M23);
        (m31, m32, m33) = ((float)m.M31, (float)m.M32, (float)m.M33);
        (t1, t2, t3) = ((float)t.X, (float)t.Y, (float)t.Z);
        Camera camera = view.Camera;
        (focalX, focalY) = ((float)camera.FocalX, (float)camera.FocalY);
        (centerX, centerY) = ((float)camera.CenterX, (float)camera.CenterY);
        if (camera is BrownCamera brown)
        {
            (k1, k2, k3, p1, p2) = ((float)brown.K1, (float)brown.K2, (float)brown.K3, (float)brown.P1, (float)brown.P2);
        }
        else if (camera is FisheyeCamera wide)
        {
            (k1, k2, k3, p1, p2) = ((float)wide.K1, (float)wide.K2, (float)wide.K3, (float)wide.K4, (float)wide.Transition);
            isWide = true;
        }

        farthest = (float)farthestRadiusSquared;
        Vector3D travel = view.Shot.ReadoutTravelInCamera;
        isMoving = travel != Vector3D.Zero;
        (travelX, travelY, travelZ) = ((float)travel.X, (float)travel.Y, (float)travel.Z);
        perRow = 1f / camera.Height;
    }

    /// <summary>Square of the largest distance from the axis, on the plane z = 1, that lies in the photo: beyond it the lens model may fold back.</summary>
    public static double FarthestRadiusSquared(Camera camera)
    {
        double farthest = 0;
        foreach ((double x, double y) in new[]
        {
            (0.0, 0.0), (camera.Width, 0), (0, camera.Height), (camera.Width, camera.Height),
            (camera.Width / 2.0, 0), (0, camera.Height / 2.0), (camera.Width / 2.0, camera.Height), (camera.Width, camera.Height / 2.0),
        })
        {
            double squared = camera.Normalize(new Vector2D(x, y)).LengthSquared;
            farthest = double.IsFinite(squared) ? Math.Max(farthest, squared) : farthest;
        }

        return farthest * 1.02;
    }

    /// <summary>Full-size pixel of a point given relative to the anchor, metres; false behind the camera and where the lens model ends.</summary>
    public bool TryProject(float east, float north, float up, out float x, out float y)
    {
        if (isWide)
        {
            return TryProjectWide(east, north, up, out x, out y);
        }

        float depth = (m31 * east) + (m32 * north) + (m33 * up) + t3;
        float right = (m11 * east) + (m12 * north) + (m13 * up) + t1;
        float down = (m21 * east) + (m22 * north) + (m23 * up) + t2;
        bool isSeen = TryProjectInCamera(right, down, depth, out x, out y);
        for (int step = 0; step < ShutterSteps && isMoving && isSeen; step++)
        {
            float time = Math.Clamp((y * perRow) - 0.5f, -0.5f, 0.5f);
            isSeen = TryProjectInCamera(right - (time * travelX), down - (time * travelY), depth - (time * travelZ), out x, out y);
        }

        return isSeen;
    }

    /// <summary>The same for eight points.</summary>
    /// <returns>All bits set in the lanes of points that are seen.</returns>
    public Vector256<float> Project(Vector256<float> east, Vector256<float> north, Vector256<float> up, out Vector256<float> x, out Vector256<float> y)
    {
        if (isWide || isMoving)
        {
            return ProjectOneByOne(east, north, up, out x, out y);
        }

        Vector256<float> depth = (m31 * east) + (m32 * north) + (m33 * up) + Vector256.Create(t3);
        Vector256<float> right = (m11 * east) + (m12 * north) + (m13 * up) + Vector256.Create(t1);
        Vector256<float> down = (m21 * east) + (m22 * north) + (m23 * up) + Vector256.Create(t2);
        Vector256<float> inverse = Vector256<float>.One / depth;
        Vector256<float> a = right * inverse;
        Vector256<float> b = down * inverse;
        Vector256<float> r2 = (a * a) + (b * b);
        Vector256<float> radial = Vector256<float>.One + (r2 * (Vector256.Create(k1) + (r2 * (Vector256.Create(k2) + (r2 * k3)))));
        Vector256<float> ab = a * b;
        x = (focalX * ((a * radial) + (2 * p1 * ab) + (p2 * (r2 + (2 * a * a))))) + Vector256.Create(centerX);
        y = (focalY * ((b * radial) + (p1 * (r2 + (2 * b * b))) + (2 * p2 * ab))) + Vector256.Create(centerY);
        return Vector256.GreaterThan(depth, Vector256<float>.Zero) & Vector256.LessThanOrEqual(r2, Vector256.Create(farthest));
    }

    private Vector256<float> ProjectOneByOne(
        Vector256<float> east, Vector256<float> north, Vector256<float> up, out Vector256<float> x, out Vector256<float> y)
    {
        Span<float> xs = stackalloc float[Vector256<float>.Count];
        Span<float> ys = stackalloc float[Vector256<float>.Count];
        Vector256<float> isSeen = Vector256<float>.Zero;
        for (int i = 0; i < xs.Length; i++)
        {
            bool isIn = TryProject(east.GetElement(i), north.GetElement(i), up.GetElement(i), out xs[i], out ys[i]);
            isSeen = isIn ? isSeen.WithElement(i, BitConverter.Int32BitsToSingle(-1)) : isSeen;
        }

        (x, y) = (Vector256.Create<float>(xs), Vector256.Create<float>(ys));
        return isSeen;
    }

    private bool TryProjectInCamera(float right, float down, float depth, out float x, out float y)
    {
        float inverse = 1 / depth;
        float a = right * inverse;
        float b = down * inverse;
        float r2 = (a * a) + (b * b);
        float radial = 1 + (r2 * (k1 + (r2 * (k2 + (r2 * k3)))));
        x = (focalX * ((a * radial) + (2 * p1 * a * b) + (p2 * (r2 + (2 * a * a))))) + centerX;
        y = (focalY * ((b * radial) + (p1 * (r2 + (2 * b * b))) + (2 * p2 * a * b))) + centerY;
        return depth > 0 && r2 <= farthest;
    }

    /// <summary>The same through a <see cref="FisheyeCamera"/>; apart, so that Brown's lens stays small enough to be inlined.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryProjectWide(float east, float north, float up, out float x, out float y)
    {
        float depth = (m31 * east) + (m32 * north) + (m33 * up) + t3;
        float right = (m11 * east) + (m12 * north) + (m13 * up) + t1;
        float down = (m21 * east) + (m22 * north) + (m23 * up) + t2;
        bool isSeen = TryProjectWideInCamera(right, down, depth, out x, out y);
        for (int step = 0; step < ShutterSteps && isMoving && isSeen; step++)
        {
            float time = Math.Clamp((y * perRow) - 0.5f, -0.5f, 0.5f);
            isSeen = TryProjectWideInCamera(right - (time * travelX), down - (time * travelY), depth - (time * travelZ), out x, out y);
        }

        return isSeen;
    }

    private bool TryProjectWideInCamera(float right, float down, float depth, out float x, out float y)
    {
        float a = right / depth;
        float b = down / depth;
        float radius = MathF.Sqrt((a * a) + (b * b));
        float rho = (p2 * radius) + ((1 - p2) * MathF.Atan(radius));
        float g = rho * rho;
        float stretch = radius < 1e-6f ? 1 : rho / radius * (1 + (g * (k1 + (g * (k2 + (g * (k3 + (g * p1))))))));
        x = (focalX * a * stretch) + centerX;
        y = (focalY * b * stretch) + centerY;
        return depth > 0 && radius * radius <= farthest;
    }
}
