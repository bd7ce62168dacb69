using System.IO.Hashing;

namespace OdmNode.Client.Transfers;

/// <summary>XxHash128 of a file, as nodes tell it of what they hold.</summary>
internal static class ContentHash
{
    /// <returns>32 lower-case hexadecimal digits.</returns>
    public static async Task<string> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (file.ConfigureAwait(false))
        {
            var hash = new XxHash128();
            await hash.AppendAsync(file, cancellationToken).ConfigureAwait(false);
            return Convert.ToHexStringLower(hash.GetCurrentHash());
        }
    }
}
