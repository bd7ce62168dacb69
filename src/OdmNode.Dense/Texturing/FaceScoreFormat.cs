using System.Runtime.InteropServices;

namespace OdmNode.Dense.Texturing;

/// <summary>What one photo is worth to the faces that it sees, as checkpoints keep it: a count, then each score as it lies in memory.</summary>
public static class FaceScoreFormat
{
    private const int MaxCount = 1 << 28;

    public static void Write(FaceScore[] scores, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(BitConverter.GetBytes(scores.Length));
        stream.Write(MemoryMarshal.AsBytes(scores.AsSpan()));
    }

    /// <exception cref="InvalidDataException">The bytes are no such list.</exception>
    public static FaceScore[] Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> head = stackalloc byte[sizeof(int)];
        stream.ReadExactly(head);
        int count = BitConverter.ToInt32(head);
        if (count is < 0 or > MaxCount)
        {
            throw new InvalidDataException($"A list of {count} scores is damaged.");
        }

        var scores = new FaceScore[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(scores.AsSpan()));
        return scores;
    }
}
