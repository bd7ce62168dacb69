using System.Buffers.Binary;

namespace OdmNode.Core.Archives;

/// <summary>The checksum of zip archives (ISO 3309, polynomial 0xEDB88320, reflected), eight bytes at a step.</summary>
/// <remarks>The framework keeps its own to itself and does not verify it when it reads an archive; Core takes no packages.</remarks>
internal static class Crc32
{
    private const int Lanes = 8;
    private static readonly uint[] Table = MakeTable();

    /// <param name="crc">The checksum of what came before; 0 at the beginning.</param>
    /// <param name="bytes">What follows.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        crc = ~crc;
        for (; bytes.Length >= Lanes; bytes = bytes[Lanes..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = table[(7 * 256) + (low & 0xFF)] ^ table[(6 * 256) + ((low >> 8) & 0xFF)]
                ^ table[(5 * 256) + ((low >> 16) & 0xFF)] ^ table[(4 * 256) + (low >> 24)]
                ^ table[(3 * 256) + (high & 0xFF)] ^ table[(2 * 256) + ((high >> 8) & 0xFF)]
                ^ table[256 + ((high >> 16) & 0xFF)] ^ table[high >> 24];
        }

        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ table[(crc ^ value) & 0xFF];
        }

        return ~crc;
    }

    /// <summary>Row n holds the effect of a byte that n further bytes follow.</summary>
    private static uint[] MakeTable()
    {
        var table = new uint[Lanes * 256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            }

            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++)
        {
            table[i] = (table[i - 256] >> 8) ^ table[table[i - 256] & 0xFF];
        }

        return table;
    }
}
