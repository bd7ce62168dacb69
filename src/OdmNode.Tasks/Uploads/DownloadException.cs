namespace OdmNode.Tasks.Uploads;

/// <summary>An address that cannot be fetched.</summary>
/// <param name="message">Why, for the client.</param>
/// <param name="isTransient">True when the transfer may go on where it stopped.</param>
/// <param name="innerException">The cause, where there is one.</param>
internal sealed class DownloadException(string message, bool isTransient = false, Exception? innerException = null)
    : IOException(message, innerException)
{
    public bool IsTransient => isTransient;
}
