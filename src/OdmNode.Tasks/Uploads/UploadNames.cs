using System.Text;

namespace OdmNode.Tasks.Uploads;

/// <summary>Turns the file name a client gives into one that is safe to store; names are treated as hostile.</summary>
public static class UploadNames
{
    private const int MaxBytes = 255;

    /// <summary>The last component of the given name (both slashes separate); spaces, case and all other letters stay.</summary>
    /// <returns>A name without folders; null when nothing is left.</returns>
    /// <exception cref="FormatException">The name holds control characters or is too long for the file system.</exception>
    public static string? Clean(string given)
    {
        var name = given[(given.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        if (name.Length == 0)
        {
            return null;
        }

        if (name.Any(char.IsControl))
        {
            throw new FormatException("Invalid file name: it holds control characters");
        }

        return Fit(name is "." or ".." or "body.json" ? "_" + name : name);
    }

    /// <summary>The next name to try when one is taken: <c>_</c> before the last extension.</summary>
    /// <exception cref="FormatException">The name has become too long for the file system: so many equal names were sent.</exception>
    public static string Next(string taken)
    {
        var extension = Path.GetExtension(taken);
        return Fit(extension.Length == taken.Length ? taken + "_" : taken[..^extension.Length] + "_" + extension);
    }

    private static string Fit(string name) => Encoding.UTF8.GetByteCount(name) <= MaxBytes
        ? name
        : throw new FormatException($"ENAMETOOLONG: name too long, open '{name}'");
}
