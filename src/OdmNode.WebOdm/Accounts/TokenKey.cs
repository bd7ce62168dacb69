using System.Security.Cryptography;
using OdmNode.Tasks.Storage;

namespace OdmNode.WebOdm.Accounts;

/// <summary>The key of this installation, with which tokens are signed: a file that only its owner can read.</summary>
internal static class TokenKey
{
    private const int Length = 32;

    /// <summary>Where the key of a data folder lies.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "webodm", "token.key");

    /// <summary>Reads the key; makes one when there is none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static byte[] Load(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: Length } known)
        {
            PrivateFile.Close(path);
            return known;
        }

        var key = RandomNumberGenerator.GetBytes(Length);
        PrivateFile.Write(path, key);
        return key;
    }
}
