using System.Buffers;
using System.Security.Cryptography;

namespace OdmNode.Core.Hashing;

/// <summary>A SHA-256 value in lower-case hexadecimal: names content, or the computation that made it.</summary>
public readonly record struct ContentKey
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
    private readonly string? hex;

    /// <param name="hex">64 lower-case hexadecimal digits.</param>
    /// <exception cref="ArgumentException">The text is something else.</exception>
    public ContentKey(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        if (hex.Length != 64 || hex.AsSpan().ContainsAnyExcept(Digits))
        {
            throw new ArgumentException($"'{hex}' is not a SHA-256 value in lower-case hexadecimal.", nameof(hex));
        }

        this.hex = hex;
    }

    /// <summary>64 digits; zeros for the default value.</summary>
    public string Hex => hex ?? new string('0', 64);

    public static ContentKey Of(ReadOnlySpan<byte> content) => FromHash(SHA256.HashData(content));

    /// <summary>Reads the stream to its end.</summary>
    public static ContentKey Of(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return FromHash(SHA256.HashData(content));
    }

    public override string ToString() => Hex;

    internal static ContentKey FromHash(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));
}
