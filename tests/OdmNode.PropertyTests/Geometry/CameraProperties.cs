using CsCheck;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.PropertyTests.Geometry;

public sealed class CameraProperties
{
    /// <summary>Lenses as they occur on drones and hand cameras: strong barrel to mild pincushion.</summary>
    private static readonly Gen<BrownCamera> Cameras =
        from width in Gen.Int[640, 8064]
        from height in Gen.Int[480, 6048]
        from focal in Gen.Double[0.5, 1.4]
        from center in Gen.Double[-0.02, 0.02]
        from k1 in Gen.Double[-0.15, 0.08]
        from k2 in Gen.Double[0, 0.05]
        from p1 in Gen.Double[-0.002, 0.002]
        from p2 in Gen.Double[-0.002, 0.002]
        select new BrownCamera
        {
            Width = width,
            Height = height,
            FocalX = focal * Math.Max(width, height),
            FocalY = focal * Math.Max(width, height) * (1 + (center / 10)),
            CenterX = width * (0.5 + center),
            CenterY = height * (0.5 - center),
            K1 = k1,
            K2 = k2,
            P1 = p1,
            P2 = p2,
        };

    [Fact]
    public void Projecting_what_a_pixel_sees_returns_the_pixel() =>
        Gen.Select(Cameras, Gen.Double[0.05, 0.95], Gen.Double[0.05, 0.95], Gen.Double[0.1, 5000]).Sample((camera, u, v, depth) =>
        {
            var pixel = new Vector2D(u * camera.Width, v * camera.Height);
            Vector2D back = camera.Project(depth * camera.Unproject(pixel));
            return (back - pixel).Length < 1e-6;
        });

    [Fact]
    public void A_ray_has_length_one_and_looks_forward() =>
        Gen.Select(Cameras, Gen.Double[0.05, 0.95], Gen.Double[0.05, 0.95]).Sample((camera, u, v) =>
        {
            Vector3D ray = camera.Unproject(new Vector2D(u * camera.Width, v * camera.Height));
            return Math.Abs(ray.Length - 1) < 1e-12 && ray.Z > 0;
        });
}
