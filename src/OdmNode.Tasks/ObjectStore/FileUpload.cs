using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Win32.SafeHandles;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>One file on its way to a bucket. It remembers which parts have arrived, so that a further attempt sends only the others.</summary>
internal sealed class FileUpload : IDisposable
{
    private const string NoSuchUpload = "NoSuchUpload";

    private readonly S3Bucket _bucket;
    private readonly string _key;
    private readonly long _partSize;
    private readonly int _partsAtOnce;
    private readonly Action<long> _onSent;
    private readonly SafeFileHandle _file;
    private readonly long _length;
    private readonly ConcurrentDictionary<int, PartETag> _arrived = new();

    /// <summary>The upload in parts that the store has begun, or is beginning; null for none.</summary>
    private Task<string>? _begun;

    /// <param name="bucket">Where to.</param>
    /// <param name="path">The file, which stays open until this is disposed.</param>
    /// <param name="key">Its name in the bucket.</param>
    /// <param name="partSize">Bytes of a part; a file that is no longer goes in one request.</param>
    /// <param name="partsAtOnce">Parts that are sent at the same time.</param>
    /// <param name="onSent">Told how many more bytes have gone out; less than nothing when they were in vain.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public FileUpload(S3Bucket bucket, string path, string key, long partSize, int partsAtOnce, Action<long> onSent)
    {
        (_bucket, _key, _partSize, _partsAtOnce, _onSent) = (bucket, key, partSize, partsAtOnce, onSent);
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous | FileOptions.SequentialScan);
        _length = RandomAccess.GetLength(_file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Sends what has not arrived yet.</summary>
    /// <exception cref="OperationCanceledException">The attempt was ended, with the given token.</exception>
    public async Task ContinueAsync(CancellationToken cancellationToken)
    {
        if (_length <= _partSize)
        {
            await _bucket.PutAsync(_key, new FileRange(_file, 0, _length), _onSent, cancellationToken).ConfigureAwait(false);
            return;
        }

        var uploadId = await BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SendPartsAsync(uploadId, cancellationToken).ConfigureAwait(false);
            var parts = _arrived.Values.OrderBy(part => part.PartNumber);
            await _bucket.CompleteAsync(_key, uploadId, parts, cancellationToken).ConfigureAwait(false);
            _begun = null;
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == NoSuchUpload)
        {
            // The store has forgotten the parts, or made the object of them and its answer was lost: the next attempt begins anew.
            _onSent(-_arrived.Keys.Sum(number => Part(number).Length));
            _arrived.Clear();
            _begun = null;
            throw;
        }
    }

    /// <summary>Leaves no parts behind in the store.</summary>
    /// <param name="limit">How long that may take.</param>
    /// <returns>False when the store did not confirm it, so that parts may lie there still.</returns>
    public async Task<bool> WithdrawAsync(TimeSpan limit)
    {
        if (_begun is null)
        {
            return true;
        }

        using var patience = new CancellationTokenSource(limit);
        try
        {
            var uploadId = await _begun.WaitAsync(patience.Token).ConfigureAwait(false);
            await _bucket.AbortAsync(_key, uploadId, patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (StoreErrors.IsOfStore(exception) || patience.IsCancellationRequested)
        {
            return exception is AmazonS3Exception { ErrorCode: NoSuchUpload };
        }
    }

    /// <summary>A cancel does not end this request: an upload that the store has begun and nobody knows could not be withdrawn.</summary>
    private async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        _begun ??= _bucket.BeginAsync(_key);
        try
        {
            return await _begun.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (_begun.IsFaulted)
        {
            _begun = null;
            throw;
        }
    }

    /// <summary>One part that fails does not take the others down: they are let finish, so that they need not be sent again.</summary>
    private async Task SendPartsAsync(string uploadId, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        var missing = Enumerable.Range(1, (int)((_length + _partSize - 1) / _partSize)).Where(number => !_arrived.ContainsKey(number));
        var options = new ParallelOptions { MaxDegreeOfParallelism = _partsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(missing, options, async (number, token) =>
        {
            if (failure is null)
            {
                try
                {
                    _arrived[number] = await _bucket.PutPartAsync(_key, uploadId, number, Part(number), _onSent, token).ConfigureAwait(false);
                }
                catch (Exception exception) when (!token.IsCancellationRequested)
                {
                    failure ??= exception;
                }
            }
        }).ConfigureAwait(false);
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private FileRange Part(int number)
    {
        var offset = (number - 1) * _partSize;
        return new FileRange(_file, offset, Math.Min(_partSize, _length - offset));
    }
}
