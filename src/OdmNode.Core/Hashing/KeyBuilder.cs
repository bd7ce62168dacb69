using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OdmNode.Core.Hashing;

/// <summary>
/// Hashes a sequence of parts. Every part carries its length, so that no two different sequences give the same bytes.
/// </summary>
public sealed class KeyBuilder : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public KeyBuilder Add(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(bytes.LongLength);
        hash.AppendData(bytes);
        return this;
    }

    public KeyBuilder Add(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
        return this;
    }

    public KeyBuilder Add(ContentKey key) => Add(key.Hex);

    /// <summary>The key of everything added; the builder starts anew.</summary>
    public ContentKey ToKey() => ContentKey.FromHash(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();
}
