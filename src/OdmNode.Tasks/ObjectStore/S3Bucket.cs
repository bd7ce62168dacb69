using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Util;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>The requests that an upload makes of a bucket; each is tried once.</summary>
internal sealed class S3Bucket : IDisposable
{
    private readonly S3Settings _settings;
    private readonly UploadLimits _limits;
    private readonly TimeProvider _time;
    private readonly AmazonS3Client _client;
    private readonly S3CannedACL? _acl;

    /// <summary>Over https the connection protects the content, and signing it too would only read it twice. Plain http asks for the signature.</summary>
    private readonly bool _signContent;

    public S3Bucket(S3Settings settings, UploadLimits limits, TimeProvider time)
    {
        (_settings, _limits, _time) = (settings, limits, time);
        _client = S3ClientFactory.Create(settings);
        _acl = settings.Acl == S3Settings.NoAcl ? null : S3CannedACL.FindValue(settings.Acl);
        _signContent = _client.Config.ServiceURL.StartsWith("http:", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Writes an object without content.</summary>
    public Task PutEmptyAsync(string key, TimeSpan silence, CancellationToken cancellationToken) => SilenceGuard.RunAsync(
        silence, _time, (_, token) => _client.PutObjectAsync(Put(key), token), cancellationToken);

    /// <summary>Writes an object in one request.</summary>
    public async Task PutAsync(string key, FileRange content, Action<long> onSent, CancellationToken cancellationToken)
    {
        // The SDK cannot send an empty stream without signing it.
        if (content.Length == 0)
        {
            await PutEmptyAsync(key, _limits.Silence, cancellationToken).ConfigureAwait(false);
            return;
        }

        await SendAsync(
            content,
            onSent,
            (body, token) =>
            {
                var request = Put(key);
                (request.ContentBody, request.InputStream, request.DisablePayloadSigning) = (null, body, !_signContent);
                return _client.PutObjectAsync(request, token);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins an object that is sent in parts.</summary>
    /// <returns>The id of the upload.</returns>
    public async Task<string> BeginAsync(string key)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = _settings.Bucket, Key = key, CannedACL = _acl, ContentType = TypeOf(key) };
        var response = await RunAsync(token => _client.InitiateMultipartUploadAsync(request, token), CancellationToken.None).ConfigureAwait(false);
        return response.UploadId;
    }

    /// <summary>Sends one part.</summary>
    /// <param name="key">The object.</param>
    /// <param name="uploadId">From <see cref="BeginAsync"/>.</param>
    /// <param name="number">From 1.</param>
    /// <param name="content">The part.</param>
    /// <param name="onSent">Told how many more bytes have gone out; less than nothing when they were in vain.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>What <see cref="CompleteAsync"/> must name the part by.</returns>
    public async Task<PartETag> PutPartAsync(
        string key, string uploadId, int number, FileRange content, Action<long> onSent, CancellationToken cancellationToken)
    {
        var response = await SendAsync(
            content,
            onSent,
            (body, token) => _client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = _settings.Bucket,
                    Key = key,
                    UploadId = uploadId,
                    PartNumber = number,
                    PartSize = content.Length,
                    InputStream = body,
                    UseChunkEncoding = false,
                    DisablePayloadSigning = !_signContent,
                },
                token),
            cancellationToken).ConfigureAwait(false);
        return new PartETag(number, response.ETag);
    }

    /// <summary>Makes the object of its parts.</summary>
    public Task CompleteAsync(string key, string uploadId, IEnumerable<PartETag> parts, CancellationToken cancellationToken)
    {
        var request = new CompleteMultipartUploadRequest { BucketName = _settings.Bucket, Key = key, UploadId = uploadId, PartETags = [.. parts] };
        return RunAsync(token => _client.CompleteMultipartUploadAsync(request, token), cancellationToken);
    }

    /// <summary>Throws the parts away.</summary>
    public Task AbortAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        var request = new AbortMultipartUploadRequest { BucketName = _settings.Bucket, Key = key, UploadId = uploadId };
        return RunAsync(token => _client.AbortMultipartUploadAsync(request, token), cancellationToken);
    }

    private static string TypeOf(string key) => AmazonS3Util.MimeTypeFromExtension(Path.GetExtension(key));

    private PutObjectRequest Put(string key) => new()
    {
        BucketName = _settings.Bucket,
        Key = key,
        CannedACL = _acl,
        ContentType = TypeOf(key),
        ContentBody = string.Empty,

        // Chunks with signatures of their own are another thing that many stores do not read.
        UseChunkEncoding = false,
    };

    private Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken) =>
        SilenceGuard.RunAsync(_limits.Silence, _time, (_, token) => request(token), cancellationToken);

    private Task<T> SendAsync<T>(
        FileRange content, Action<long> onSent, Func<FileSection, CancellationToken, Task<T>> request, CancellationToken cancellationToken) =>
        SilenceGuard.RunAsync(
            _limits.Silence,
            _time,
            async (onAlive, token) =>
            {
                var body = new FileSection(
                    content,
                    bytes =>
                    {
                        onAlive();
                        onSent(bytes);
                    },
                    token);
                await using var disposal = body.ConfigureAwait(false);
                try
                {
                    return await request(body, token).ConfigureAwait(false);
                }
                catch
                {
                    onSent(-body.Sent);
                    throw;
                }
            },
            cancellationToken);
}
