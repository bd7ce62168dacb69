namespace OdmNode.Core.Archives;

/// <summary>Counts bytes against the limits; one counts what headers announce, another what comes out.</summary>
internal sealed class UnpackBudget(ArchiveLimits limits, long archiveSize)
{
    private long _bytes;

    /// <exception cref="InvalidDataException">That is too much.</exception>
    public void Spend(long bytes)
    {
        if (bytes > limits.MaxBytes - _bytes)
        {
            throw new InvalidDataException($"The archive unpacks to more than the {limits.MaxBytes} bytes that there is room for.");
        }

        _bytes += bytes;
        if (_bytes > limits.FreeBytes && _bytes / limits.MaxRatio > archiveSize)
        {
            throw new InvalidDataException($"The archive unpacks to more than {limits.MaxRatio} times its size, which no survey does.");
        }
    }
}
