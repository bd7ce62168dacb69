using System.Security.Cryptography;

namespace OdmNode.WebOdm.Accounts;

/// <summary>The key of this installation, with which tokens are signed: a file that only its owner can read.</summary>
internal static class TokenKey
{
    private const int Length = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where the key of a data folder lies.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "webodm", "token.key");

    /// <summary>Reads the key; makes one when there is none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static byte[] Load(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: Length } known)
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }

            return known;
        }

        var key = RandomNumberGenerator.GetBytes(Length);
        var partial = path + ".partial";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(partial);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(partial, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        return key;
    }
}
