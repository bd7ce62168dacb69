using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Orthophoto;

public class ViewProjectionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void A_block_projects_as_the_exact_map_lens_and_shutter_do(double travelMetres)
    {
        var frame = new MapFrame(new GeodeticPosition(47, 8.3, 430), new UtmZone(32, true), 0, 0);
        Matrix3x3 rotation = Rotations.FromAxisAngle(new Vector3D(0.05, -0.1, 0.4)) * new Matrix3x3(1, 0, 0, 0, -1, 0, 0, 0, -1);
        var pose = new RigidTransform(rotation, -(rotation * new Vector3D(900, -700, 110)));
        var view = new OrthoView
        {
            Shot = new Shot("a", "c", pose) { ReadoutTravel = travelMetres * new Vector3D(0.7, -0.7, 0.1) },
            Camera = BoxOnPlane.Camera.Resized(4000, 4000),
            PixelSizeMetres = 0.03,
        };
        Vector3D anchor = frame.MapFromWorld(new Vector3D(905, -690, 3));
        var ground = new GroundView(
            view, GroundView.FarthestRadiusSquared(view.Camera), frame.WorldFromMap(anchor), frame.WorldFromMapJacobian(anchor));
        for (int i = 0; i < 50; i++)
        {
            var offset = new Vector3D(-3 + (i * 0.12), 3 - (i * 0.1), (i % 7) - 3);
            Vector2D exact = view.Shot.Project(view.Camera, frame.WorldFromMap(anchor + offset));
            Assert.True(ground.TryProject((float)offset.X, (float)offset.Y, (float)offset.Z, out float x, out float y));
            Assert.Equal(exact.X, x, 0.01);
            Assert.Equal(exact.Y, y, 0.01);
        }
    }
}
