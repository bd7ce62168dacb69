using CsCheck;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.PropertyTests.Geometry;

public sealed class TransformProperties
{
    private static readonly Gen<Vector3D> Vectors =
        Gen.Select(Gen.Double[-1000, 1000], Gen.Double[-1000, 1000], Gen.Double[-1000, 1000], (x, y, z) => new Vector3D(x, y, z));

    private static readonly Gen<RigidTransform> Transforms = Gen.Select(
        Gen.Double[-2, 2], Gen.Double[-2, 2], Gen.Double[-2, 2], Vectors,
        (x, y, z, translation) => new RigidTransform(Rotations.FromAxisAngle(new Vector3D(x, y, z)), translation));

    [Fact]
    public void Composing_with_the_inverse_leaves_a_point_where_it_is() =>
        Gen.Select(Transforms, Vectors).Sample((t, point) => (((t.Inverse() * t) * point) - point).Length < 1e-9);

    [Fact]
    public void A_product_is_applied_from_right_to_left() =>
        Gen.Select(Transforms, Transforms, Vectors).Sample((a, b, point) => (((a * b) * point) - (a * (b * point))).Length < 1e-9);

    [Fact]
    public void The_centre_of_a_camera_is_its_origin() =>
        Transforms.Sample(t => (t * t.Center).Length < 1e-9);

    [Fact]
    public void Geodetic_map_and_world_agree_anywhere_on_earth() =>
        Gen.Select(Gen.Double[-79, 83], Gen.Double[-180, 179.999], Gen.Double[-400, 6000], Vectors).Sample((latitude, longitude, height, offset) =>
        {
            var site = new GeodeticPosition(latitude, longitude, height);
            var frame = new MapFrame(site, UtmZone.Of(site), 0, 0);
            return (frame.WorldFromMap(frame.MapFromWorld(offset)) - offset).Length < 1e-5;
        });
}
