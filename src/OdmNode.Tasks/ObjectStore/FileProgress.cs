namespace OdmNode.Tasks.ObjectStore;

/// <summary>How far one file of an upload is; kept by <see cref="UploadReport"/>.</summary>
/// <param name="name">What the console calls the file.</param>
/// <param name="length">Its bytes.</param>
internal sealed class FileProgress(string name, long length)
{
    private const int StepPercent = 5;

    public string Name => name;

    public long Length => length;

    /// <summary>Bytes that have been sent and were not in vain.</summary>
    public long Sent { get; set; }

    /// <summary>The last percentage on the console.</summary>
    public int ToldPercent { get; set; }

    /// <summary>The share that has been sent, in the console's steps.</summary>
    public int Percent => length == 0 ? 100 : (int)(100 * Math.Clamp((double)Sent / length, 0, 1)) / StepPercent * StepPercent;
}
