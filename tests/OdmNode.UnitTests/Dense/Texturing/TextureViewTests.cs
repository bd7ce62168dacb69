using OdmNode.Dense.Texturing;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense.Texturing;

public sealed class TextureViewTests
{
    [Fact]
    public void A_photo_taken_on_the_move_is_sampled_where_it_shows_a_point_at_any_size()
    {
        var camera = new BrownCamera { Width = 800, Height = 600, FocalX = 640, FocalY = 640, CenterX = 402, CenterY = 297, K1 = -0.03 };
        Matrix3x3 rotation = Rotations.FromAxisAngle(new Vector3D(0.1, 0, 0.7)) * new Matrix3x3(1, 0, 0, 0, -1, 0, 0, 0, -1);
        var shot = new Shot("a", "c", new RigidTransform(rotation, -(rotation * new Vector3D(1, 2, 50)))) { ReadoutTravel = new Vector3D(1, 0.5, 0) };
        var view = new TextureView(camera, shot);
        TextureView half = view.Resized(400, 300);
        for (int i = 0; i < 20; i++)
        {
            var point = new Vector3D(-12 + (1.2 * i), 10 - i, 0.2 * i);
            Assert.True(view.TryProject(view.ToCamera(point), out Vector2D pixel));
            Assert.Equal(shot.Project(camera, point), pixel);
            Assert.True(half.TryProject(half.ToCamera(point), out Vector2D smaller));
            Assert.InRange((pixel - (2 * smaller)).Length, 0, 1e-9);
        }
    }
}
