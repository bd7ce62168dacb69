using System.Runtime.InteropServices;
using System.Text;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Scene.Formats;

/// <summary>The exact, compact form of a <see cref="Reconstruction"/> that checkpoints keep: doubles bit for bit, little-endian.</summary>
/// <remarks>Equal reconstructions give equal bytes.</remarks>
public static class ReconstructionFormat
{
    private const uint Magic = 0x52_4D_44_4F;

    // Version 1 knows Brown's lens and photos taken at one moment only. What is no more than that is still written in it, so that older
    // checkpoints hold.
    private const int Plain = 1;
    private const int Version = 2;
    private const int MaxCount = 1 << 30;

    public static void Write(Reconstruction reconstruction, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        bool isPlain = reconstruction.Cameras.Values.All(static camera => camera.Model == LensModel.Brown)
            && reconstruction.Shots.All(static shot => shot.ReadoutTravel == Vector3D.Zero);
        int version = isPlain ? Plain : Version;
        writer.Write(version);
        WriteMapFrame(writer, reconstruction.MapFrame);
        writer.Write(reconstruction.Cameras.Count);
        foreach ((string id, Camera camera) in reconstruction.Cameras.OrderBy(static c => c.Key, StringComparer.Ordinal))
        {
            writer.Write(id);
            WriteCamera(writer, camera, version);
        }

        writer.Write(reconstruction.Shots.Count);
        foreach (Shot shot in reconstruction.Shots)
        {
            writer.Write(shot.ImageName);
            writer.Write(shot.CameraId);
            WriteBlock(writer, [shot.CameraFromWorld]);
            if (version != Plain)
            {
                WriteBlock(writer, [shot.ReadoutTravel]);
            }
        }

        TiePoints points = reconstruction.Points;
        writer.Write(points.Count);
        writer.Write(points.Observations.Length);
        WriteBlock(writer, points.Positions);
        WriteBlock(writer, points.Colors);
        WriteBlock(writer, points.ObservationOffsets);
        WriteBlock(writer, points.Observations);
    }

    /// <exception cref="InvalidDataException">The bytes are not a whole, consistent reconstruction of this version.</exception>
    public static Reconstruction Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            return Read(reader);
        }
        catch (Exception exception) when (exception is EndOfStreamException or ArgumentException or FormatException)
        {
            throw new InvalidDataException("The reconstruction is cut short or damaged.", exception);
        }
    }

    private static Reconstruction Read(BinaryReader reader)
    {
        Require(reader.ReadUInt32() == Magic, "not a reconstruction");
        int version = reader.ReadInt32();
        Require(version is Plain or Version, "another version");
        MapFrame? mapFrame = ReadMapFrame(reader);
        var cameras = new SortedDictionary<string, Camera>(StringComparer.Ordinal);
        int cameraCount = ReadCount(reader);
        for (int i = 0; i < cameraCount; i++)
        {
            string id = reader.ReadString();
            cameras[id] = ReadCamera(reader, version);
        }

        var shots = new List<Shot>();
        int shotCount = ReadCount(reader);
        for (int i = 0; i < shotCount; i++)
        {
            string name = reader.ReadString();
            string camera = reader.ReadString();
            Require(cameras.ContainsKey(camera), "a shot without camera");
            RigidTransform cameraFromWorld = ReadBlock<RigidTransform>(reader, 1)[0];
            Vector3D travel = version == Plain ? Vector3D.Zero : ReadBlock<Vector3D>(reader, 1)[0];
            shots.Add(new Shot(name, camera, cameraFromWorld) { ReadoutTravel = travel });
        }

        int pointCount = ReadCount(reader);
        int observationCount = ReadCount(reader);
        Vector3D[] positions = ReadBlock<Vector3D>(reader, pointCount);
        byte[] colors = ReadBlock<byte>(reader, 3 * pointCount);
        int[] offsets = ReadBlock<int>(reader, pointCount + 1);
        Observation[] observations = ReadBlock<Observation>(reader, observationCount);
        Require(offsets[0] == 0, "wrong offsets");
        for (int i = 0; i < pointCount; i++)
        {
            Require(offsets[i] <= offsets[i + 1], "wrong offsets");
        }

        foreach (Observation observation in observations)
        {
            Require((uint)observation.Shot < (uint)shotCount && observation.Feature >= 0, "an observation without shot");
        }

        return new Reconstruction
        {
            Cameras = cameras,
            Shots = shots,
            Points = new TiePoints(positions, colors, offsets, observations),
            MapFrame = mapFrame,
        };
    }

    private static void WriteMapFrame(BinaryWriter writer, MapFrame? frame)
    {
        writer.Write(frame is not null);
        if (frame is null)
        {
            return;
        }

        WriteBlock(writer, [frame.Local.Origin]);
        writer.Write(frame.Zone.Number);
        writer.Write(frame.Zone.North);
        writer.Write(frame.OffsetEast);
        writer.Write(frame.OffsetNorth);
    }

    private static MapFrame? ReadMapFrame(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
        {
            return null;
        }

        GeodeticPosition origin = ReadBlock<GeodeticPosition>(reader, 1)[0];
        var zone = new UtmZone(reader.ReadInt32(), reader.ReadBoolean());
        return new MapFrame(origin, zone, reader.ReadInt64(), reader.ReadInt64());
    }

    private static void WriteCamera(BinaryWriter writer, Camera camera, int version)
    {
        if (version != Plain)
        {
            writer.Write((byte)camera.Model);
        }

        writer.Write(camera.Width);
        writer.Write(camera.Height);
        double[] values = camera.Parameters();
        values[1] = camera.FocalY;
        WriteBlock<double>(writer, values);
    }

    private static Camera ReadCamera(BinaryReader reader, int version)
    {
        var model = version == Plain ? LensModel.Brown : (LensModel)reader.ReadByte();
        Require(Enum.IsDefined(model), "an unknown lens");
        int width = reader.ReadInt32();
        int height = reader.ReadInt32();
        double[] v = ReadBlock<double>(reader, Camera.ParameterCount);
        return Camera.Of(model, width, height, 1).WithParameters(v) with { FocalY = v[1] };
    }

    private static void WriteBlock<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged => writer.Write(MemoryMarshal.AsBytes(values));

    private static void WriteBlock<T>(BinaryWriter writer, T[] values)
        where T : unmanaged => WriteBlock<T>(writer, values.AsSpan());

    private static T[] ReadBlock<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        // In slices: a damaged count must end at the end of the stream, not in a giant allocation.
        const int slice = 1 << 16;
        var values = new List<T>(Math.Min(count, slice));
        var buffer = new T[Math.Min(count, slice)];
        while (values.Count < count)
        {
            Span<T> part = buffer.AsSpan(0, Math.Min(slice, count - values.Count));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(part));
            values.AddRange(part);
        }

        return [.. values];
    }

    private static int ReadCount(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        Require(count is >= 0 and < MaxCount / 3, "a count out of range");
        return count;
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidDataException($"The reconstruction cannot be read: {what}.");
        }
    }
}
