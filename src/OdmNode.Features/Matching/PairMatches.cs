using System.Runtime.InteropServices;
using OdmNode.Core.Errors;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Features.Matching;

/// <summary>The verified matches of two photos and how the one camera stands to the other.</summary>
public sealed record PairMatches
{
    private const int MaximumCount = 1 << 24;

    /// <summary>File name of the first photo.</summary>
    public required string ImageA { get; init; }

    /// <summary>File name of the second photo; ordinally after <see cref="ImageA"/>.</summary>
    public required string ImageB { get; init; }

    /// <summary>Which model the matches satisfy; <see cref="TwoViewKind.None"/> leaves <see cref="Indices"/> empty.</summary>
    public required TwoViewKind Kind { get; init; }

    /// <summary>2n keypoint indices: index in A, index in B, sorted by the index in A; each keypoint occurs once at most.</summary>
    public required int[] Indices { get; init; }

    /// <summary>Camera B from camera A with a translation of length 1 (scale is unknown); identity when no pose was found.</summary>
    public RigidTransform BFromA { get; init; } = RigidTransform.Identity;

    /// <summary>Matches that satisfied descriptors alone.</summary>
    public int PutativeCount { get; init; }

    /// <summary>Matches that the essential matrix explains.</summary>
    public int EssentialCount { get; init; }

    /// <summary>Matches that the fundamental matrix explains; 0 when it was not tried.</summary>
    public int FundamentalCount { get; init; }

    /// <summary>Matches that one homography, or of wide lenses one rotation, explains.</summary>
    public int HomographyCount { get; init; }

    /// <summary>Median angle between the two rays of a match, radians; 0 when no pose was found.</summary>
    public double MedianTriangulationAngle { get; init; }

    /// <summary>Verified matches.</summary>
    public int Count => Indices.Length / 2;

    /// <summary>Writes the pair: two names, counts, pose, then the indices; little-endian.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(ImageA);
        writer.Write(ImageB);
        writer.Write((int)Kind);
        writer.Write(PutativeCount);
        writer.Write(EssentialCount);
        writer.Write(FundamentalCount);
        writer.Write(HomographyCount);
        writer.Write(MedianTriangulationAngle);
        (double[] rotation, Vector3D t) = (ToArray(BFromA.Rotation), BFromA.Translation);
        foreach (double value in (ReadOnlySpan<double>)[.. rotation, t.X, t.Y, t.Z])
        {
            writer.Write(value);
        }

        writer.Write(Indices.Length);
        writer.Write(MemoryMarshal.AsBytes(Indices.AsSpan()));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="OdmException">The data is not a pair, or is cut off.</exception>
    public static PairMatches Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            (string imageA, string imageB, int kind) = (reader.ReadString(), reader.ReadString(), reader.ReadInt32());
            (int putative, int essential) = (reader.ReadInt32(), reader.ReadInt32());
            (int fundamental, int homography) = (reader.ReadInt32(), reader.ReadInt32());
            double angle = reader.ReadDouble();
            double[] pose = new double[12];
            for (int i = 0; i < pose.Length; i++)
            {
                pose[i] = reader.ReadDouble();
            }

            int length = reader.ReadInt32();
            if (!Enum.IsDefined((TwoViewKind)kind) || length is < 0 or > 2 * MaximumCount || length % 2 != 0)
            {
                throw new OdmException(ErrorKind.BadInput, "Stored matches have an impossible size; compute them again.");
            }

            int[] indices = new int[length];
            stream.ReadExactly(MemoryMarshal.AsBytes(indices.AsSpan()));
            return new PairMatches
            {
                ImageA = imageA,
                ImageB = imageB,
                Kind = (TwoViewKind)kind,
                Indices = indices,
                PutativeCount = putative,
                EssentialCount = essential,
                FundamentalCount = fundamental,
                HomographyCount = homography,
                MedianTriangulationAngle = angle,
                BFromA = new RigidTransform(
                    new Matrix3x3(pose[0], pose[1], pose[2], pose[3], pose[4], pose[5], pose[6], pose[7], pose[8]),
                    new Vector3D(pose[9], pose[10], pose[11])),
            };
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw new OdmException(ErrorKind.BadInput, "Stored matches are cut off; compute them again.", exception);
        }
    }

    private static double[] ToArray(in Matrix3x3 m) => [m.M11, m.M12, m.M13, m.M21, m.M22, m.M23, m.M31, m.M32, m.M33];
}
