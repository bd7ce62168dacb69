using System.Security.Cryptography;
using System.Text;
using OdmNode.Tasks.Storage;

namespace OdmNode.WebOdm.Accounts;

/// <summary>The password that was made up for the first user: a file that only its owner can read, because logs are read by others and kept elsewhere.</summary>
/// <param name="dataFolder">The daemon's data folder.</param>
internal sealed class FirstPassword(string dataFolder)
{
    private const int Length = 16;

    /// <summary>None of these is taken for another.</summary>
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>Where it lies.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataFolder, "webodm", "first-password");

    /// <summary>Makes a password up and writes it down.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string Make()
    {
        var password = RandomNumberGenerator.GetString(Letters, Length);
        PrivateFile.Write(Path, Encoding.ASCII.GetBytes(password + "\n"));
        return password;
    }

    /// <summary>Deletes the file if the password in it is one that is not good any more.</summary>
    /// <param name="isStale">Whether the password is.</param>
    public void DeleteIf(Func<string, bool> isStale)
    {
        if (File.Exists(Path) && isStale(File.ReadAllText(Path).TrimEnd()))
        {
            File.Delete(Path);
        }
    }
}
