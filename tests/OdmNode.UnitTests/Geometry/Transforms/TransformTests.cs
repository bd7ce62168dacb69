using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.UnitTests.Geometry.Transforms;

public sealed class TransformTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-9)]
    [InlineData(0.4)]
    [InlineData(3.0)]
    [InlineData(Math.PI - 1e-9)]
    public void Axis_angle_survives_the_rotation_matrix(double angle)
    {
        Vector3D axisAngle = angle * new Vector3D(0.48, -0.6, 0.64);
        Matrix3x3 rotation = Rotations.FromAxisAngle(axisAngle);
        Vector3D back = Rotations.ToAxisAngle(rotation);

        Assert.Equal(1, rotation.Determinant(), 1e-12);
        Assert.True((back - axisAngle).Length < 1e-7, $"{axisAngle} became {back}");
    }

    [Fact]
    public void A_quarter_turn_about_up_takes_east_to_north()
    {
        Vector3D turned = Rotations.FromAxisAngle(new Vector3D(0, 0, Math.PI / 2)) * new Vector3D(1, 0, 0);
        Assert.True((turned - new Vector3D(0, 1, 0)).Length < 1e-15);
    }

    [Fact]
    public void Composition_and_inverse_cancel()
    {
        var bFromA = new RigidTransform(Rotations.FromAxisAngle(new Vector3D(0.3, -1.1, 0.2)), new Vector3D(5, -7, 2));
        var point = new Vector3D(1, 2, 3);
        Assert.True(((bFromA.Inverse() * bFromA * point) - point).Length < 1e-12);
        Assert.True((bFromA * bFromA.Center).Length < 1e-12);
    }

    [Fact]
    public void A_similarity_moves_a_camera_with_its_scene()
    {
        var bFromA = new SimilarityTransform(2.5, Rotations.FromAxisAngle(new Vector3D(0.1, 0.2, -0.7)), new Vector3D(10, 20, -3));
        var cameraFromA = new RigidTransform(Rotations.FromAxisAngle(new Vector3D(1, 0.2, 0.4)), new Vector3D(0.3, 0.1, 4));
        var pointInA = new Vector3D(0.4, -0.2, 1.5);

        Vector3D before = cameraFromA * pointInA;
        Vector3D after = bFromA.TransformCamera(cameraFromA) * (bFromA * pointInA);
        Assert.True((after - (2.5 * before)).Length < 1e-12, "the ray to the point must not change");
        Assert.True(((bFromA.Inverse() * (bFromA * pointInA)) - pointInA).Length < 1e-12);
    }
}
