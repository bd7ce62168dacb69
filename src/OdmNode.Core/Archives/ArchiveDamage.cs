namespace OdmNode.Core.Archives;

/// <summary>Tells damage of an archive from failures of the disk that it is unpacked to.</summary>
internal static class ArchiveDamage
{
    /// <summary>Reads from an archive; whatever a damaged one leads to is told in one way.</summary>
    /// <exception cref="InvalidDataException">The archive cannot be read.</exception>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"The archive is damaged: {exception.Message}", exception);
        }
    }
}
