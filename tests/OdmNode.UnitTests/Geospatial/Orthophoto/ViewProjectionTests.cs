using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Orthophoto;

public class ViewProjectionTests
{
    public static TheoryData<Camera, double> Lenses
    {
        get
        {
            Camera[] lenses =
            [
                BoxOnPlane.Camera.Resized(4000, 4000),
                new FisheyeCamera { Width = 4000, Height = 4000, FocalX = 1500, FocalY = 1502, CenterX = 2010, CenterY = 1990, K1 = 0.03, K2 = -0.01, K3 = 0.002, K4 = -0.001 },
                new FisheyeCamera { Model = LensModel.Dual, Width = 4000, Height = 4000, FocalX = 1800, FocalY = 1800, CenterX = 2000, CenterY = 2000, K1 = -0.03, K2 = 0.01, Transition = 0.4 },
            ];
            var data = new TheoryData<Camera, double>();
            foreach (Camera lens in lenses)
            {
                data.Add(lens, 0);
                data.Add(lens, 0.5);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Lenses))]
    public void A_block_projects_as_the_exact_map_lens_and_shutter_do(Camera lens, double travelMetres)
    {
        var frame = new MapFrame(new GeodeticPosition(47, 8.3, 430), new UtmZone(32, true), 0, 0);
        Matrix3x3 rotation = Rotations.FromAxisAngle(new Vector3D(0.05, -0.1, 0.4)) * new Matrix3x3(1, 0, 0, 0, -1, 0, 0, 0, -1);
        var pose = new RigidTransform(rotation, -(rotation * new Vector3D(900, -700, 110)));
        var view = new OrthoView
        {
            Shot = new Shot("a", "c", pose) { ReadoutTravel = travelMetres * new Vector3D(0.7, -0.7, 0.1) },
            Camera = lens,
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
