namespace OdmNode.Tasks.ObjectStore;

/// <summary>What the console and the progress of a task learn of an upload. Files report from several threads; the listeners are called one at a time.</summary>
/// <param name="totalBytes">Bytes of all files.</param>
/// <param name="onLine">Told lines for the console.</param>
/// <param name="onFraction">Told the share that has been sent whenever it has grown noticeably.</param>
internal sealed class UploadReport(long totalBytes, Action<string> onLine, Action<double> onFraction)
{
    private const double NoticeableShare = 0.001;

    private readonly Lock _gate = new();
    private long _sent;
    private double _told;

    /// <summary>Says something on the console.</summary>
    public void Print(string line)
    {
        lock (_gate)
        {
            onLine(line);
        }
    }

    /// <summary>More of a file has been sent; less than nothing when bytes were sent in vain, which is no line and no step back.</summary>
    public void Add(FileProgress file, long bytes)
    {
        lock (_gate)
        {
            file.Sent += bytes;
            _sent += bytes;
            if (file.Percent > file.ToldPercent)
            {
                file.ToldPercent = file.Percent;
                onLine($"Uploading {file.Name}... {file.Percent}%");
                if (file.Percent == 100)
                {
                    onLine($"Finalizing {file.Name} upload, this could take a bit...");
                }
            }

            if ((double)_sent / Math.Max(totalBytes, 1) is var share && share >= _told + NoticeableShare)
            {
                Tell(share);
            }
        }
    }

    /// <summary>A file has arrived.</summary>
    public void Finish(FileProgress file) => Add(file, file.Length - file.Sent);

    /// <summary>Every file has arrived.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            onLine("Done uploading to S3!");
            Tell(1);
        }
    }

    private void Tell(double share)
    {
        share = Math.Min(share, 1);
        if (share > _told)
        {
            _told = share;
            onFraction(share);
        }
    }
}
