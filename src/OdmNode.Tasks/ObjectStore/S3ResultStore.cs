using OdmNode.Core.Errors;
using OdmNode.Core.Identity;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>Uploads results to a store that speaks the S3 protocol: Amazon's or any other.</summary>
public sealed class S3ResultStore : IResultStore
{
    private const string TestKey = "test.txt";
    private const string ArchiveName = "all.zip";

    private readonly S3Settings _settings;
    private readonly UploadLimits _limits;
    private readonly TimeProvider _time;
    private readonly S3Bucket _bucket;

    /// <param name="settings">Valid settings.</param>
    /// <param name="time">The clock of waits.</param>
    public S3ResultStore(S3Settings settings, TimeProvider time)
        : this(settings, time, new UploadLimits())
    {
    }

    internal S3ResultStore(S3Settings settings, TimeProvider time, UploadLimits limits)
    {
        (_settings, _time, _limits) = (settings, time, limits);
        _bucket = new S3Bucket(settings, limits, time);
    }

    /// <inheritdoc/>
    public void Dispose() => _bucket.Dispose();

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            // With the access list of results: a bucket that refuses it must say so now, not after hours of work.
            await _bucket.PutEmptyAsync(TestKey, _limits.CheckSilence, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (StoreErrors.IsOfStore(exception))
        {
            throw new OdmException(
                ErrorKind.BadInput, $"Results cannot be uploaded to S3: {StoreErrors.Describe(exception, _settings)}", exception);
        }
    }

    /// <inheritdoc/>
    public Task UploadAsync(
        TaskId id,
        string archivePath,
        IReadOnlyList<(string Path, string Name)> contents,
        Action<string> onLine,
        Action<double> onFraction,
        CancellationToken cancellationToken)
    {
        List<(string Path, string Name)> files = [(archivePath, ArchiveName)];
        if (_settings.UploadEverything)
        {
            files.AddRange(contents);
        }

        return new TaskUpload(_bucket, _settings, _limits, _time, id).RunAsync(files, onLine, onFraction, cancellationToken);
    }
}
