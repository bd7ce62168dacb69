using System.Runtime.InteropServices;

namespace OdmNode.Engine.Stages;

/// <summary>The numbers by which the vertices of neighbouring tiles find each other, as checkpoints keep them: a count, then each.</summary>
internal static class SharedKeyFormat
{
    private const int MaxCount = 1 << 28;

    public static void Write(long[] keys, Stream stream)
    {
        stream.Write(BitConverter.GetBytes(keys.Length));
        stream.Write(MemoryMarshal.AsBytes(keys.AsSpan()));
    }

    /// <exception cref="InvalidDataException">The bytes are no such list.</exception>
    public static long[] Read(Stream stream)
    {
        Span<byte> head = stackalloc byte[sizeof(int)];
        stream.ReadExactly(head);
        int count = BitConverter.ToInt32(head);
        if (count is < 0 or > MaxCount)
        {
            throw new InvalidDataException($"A list of {count} keys is damaged.");
        }

        var keys = new long[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(keys.AsSpan()));
        return keys;
    }
}
