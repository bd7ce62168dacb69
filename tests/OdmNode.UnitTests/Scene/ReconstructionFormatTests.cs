using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Scene;

public class ReconstructionFormatTests
{
    [Fact]
    public void What_was_written_is_read_bit_for_bit()
    {
        Reconstruction original = Sample();
        byte[] bytes = Bytes(original);
        Reconstruction read = ReconstructionFormat.Read(new MemoryStream(bytes));
        Assert.Equal(original.Cameras, read.Cameras);
        Assert.Equal(original.Shots, read.Shots);
        Assert.Equal(original.Points.Positions, read.Points.Positions);
        Assert.Equal(original.Points.Observations, read.Points.Observations);
        Assert.Equal(original.MapFrame!.Local.Origin, read.MapFrame!.Local.Origin);
        Assert.Equal(original.MapFrame.Zone, read.MapFrame.Zone);
        Assert.Equal(bytes, Bytes(read));
    }

    [Fact]
    public void Bytes_cut_anywhere_are_refused()
    {
        byte[] bytes = Bytes(Sample());
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ReconstructionFormat.Read(new MemoryStream(bytes, 0, length)));
        }
    }

    [Fact]
    public void Lenses_of_every_model_are_read_as_written()
    {
        var cameras = new SortedDictionary<string, Camera>(Enum.GetValues<LensModel>().Where(model => model != LensModel.Spherical).ToDictionary(
            model => model == LensModel.Brown ? "a lens" : model.ToString(),
            model => Camera.Of(model, 10, 5, 8.1).WithParameters([8.1 / 3, 1.01, 5.1, 2.6, 0.1, -0.2, 0.3, 0.4, 0.5])));
        Reconstruction one = Sample();
        var original = new Reconstruction { Cameras = cameras, Shots = one.Shots, Points = one.Points, MapFrame = one.MapFrame };
        byte[] bytes = Bytes(original);
        Assert.Equal(cameras, ReconstructionFormat.Read(new MemoryStream(bytes)).Cameras);
        Assert.Equal(2, bytes[4]);
    }

    [Fact]
    public void An_older_program_can_read_what_has_neither_another_lens_nor_a_moving_shutter()
    {
        Reconstruction moving = Sample();
        var still = new Reconstruction
        {
            Cameras = moving.Cameras,
            Shots = [.. moving.Shots.Select(shot => shot with { ReadoutTravel = Vector3D.Zero })],
            Points = moving.Points,
            MapFrame = moving.MapFrame,
        };
        Assert.Equal(1, Bytes(still)[4]);
        Assert.Equal(2, Bytes(moving)[4]);
        Assert.Equal(still.Shots, ReconstructionFormat.Read(new MemoryStream(Bytes(still))).Shots);
    }

    private static byte[] Bytes(Reconstruction reconstruction)
    {
        using var stream = new MemoryStream();
        ReconstructionFormat.Write(reconstruction, stream);
        return stream.ToArray();
    }

    private static Reconstruction Sample() => new()
    {
        Cameras = new SortedDictionary<string, Camera>(StringComparer.Ordinal)
        {
            ["a lens"] = new BrownCamera { Width = 10, Height = 5, FocalX = 8.1, FocalY = 8.2, CenterX = 5, CenterY = 2.5, K1 = -0.1 / 3 },
        },
        Shots =
        [
            new("Å.jpg", "a lens", new RigidTransform(Rotations.FromAxisAngle(new Vector3D(1, 2, 0.3)), new Vector3D(0.1, 0, 3))),
            new("B.jpg", "a lens", RigidTransform.Identity) { ReadoutTravel = new Vector3D(0.3, -0.1, 1e-17) },
        ],
        Points = new TiePoints(
            [new Vector3D(1.0 / 3, 2, 3)], [1, 2, 3], [0, 2], [new Observation(0, 7, 1.5f, 2.5f, 3), new Observation(1, 9, 1, 2, 4)]),
        MapFrame = new MapFrame(new GeodeticPosition(46.8, -92.1, 200), new UtmZone(15, true), 568000, 5188000),
    };
}
