using System.Net;
using System.Net.Http.Headers;
using OdmNode.Tasks.Outbound;

namespace OdmNode.Tasks.Uploads;

/// <summary>Fetches the archive at an address that a client names, within limits; a transfer that breaks off goes on where it stopped.</summary>
/// <remarks>No proxy is used: behind one the node could not tell which address is connected to.</remarks>
internal sealed class ZipUrlDownload : IDisposable
{
    private const int BlockSize = 128 * 1024;

    private readonly IntakeLimits _limits;
    private readonly HttpClient _client;

    public ZipUrlDownload(IntakeLimits limits)
    {
        _limits = limits;
        var handler = OutboundHttp.CreateHandler();
        handler.UseProxy = false;
        handler.ConnectTimeout = limits.ConnectTimeout;
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Downloads into a file, which appears under its name when it is whole and on the disk.</summary>
    /// <exception cref="DownloadException">The address is invalid, does not answer, answers with a failure, or holds too much.</exception>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public async Task FetchAsync(string url, string path, CancellationToken cancellationToken)
    {
        var address = Parse(url);
        var partial = path + ".partial";
        try
        {
            var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                await FetchAsync(address, file, RoomFor(path), cancellationToken).ConfigureAwait(false);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>A path is an absolute address of its own scheme to the framework, and none to everybody else.</summary>
    private static Uri Parse(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && !url.StartsWith('/')
        ? Check(address)
        : throw new DownloadException($"Invalid URI \"{url}\"");

    private static Uri Check(Uri address) => OutboundHttp.IsHttp(address)
        ? address
        : throw new DownloadException($"Only http and https addresses can be fetched, not {address.Scheme}");

    private long RoomFor(string path) => Math.Min(_limits.MaxArchiveBytes, _limits.RoomIn(Path.GetDirectoryName(path)!));

    private async Task FetchAsync(Uri address, FileStream file, long room, CancellationToken cancellationToken)
    {
        RangeConditionHeaderValue? condition = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await OpenAsync(address, file.Length, condition, cancellationToken).ConfigureAwait(false);
                Prepare(response, file);
                condition = ConditionOf(response);
                RefuseTooMuch(file.Length + (response.Content.Headers.ContentLength ?? 0), room);
                await CopyAsync(response, file, room, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (DownloadException exception) when (exception.IsTransient && attempt < _limits.Attempts)
            {
                await Task.Delay(_limits.Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Asks for the bytes from the given one on, through redirects.</summary>
    private async Task<HttpResponseMessage> OpenAsync(
        Uri address, long from, RangeConditionHeaderValue? condition, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendAsync(address, from, condition, cancellationToken).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            var next = status is 301 or 302 or 303 or 307 or 308 ? response.Headers.Location : null;
            response.Dispose();
            if (next is null)
            {
                throw new DownloadException($"The address answered with status {status}", isTransient: from > 0 && status >= 500);
            }

            if (redirects == _limits.MaxRedirects)
            {
                throw new DownloadException($"The address redirects more than {_limits.MaxRedirects} times");
            }

            address = Uri.TryCreate(address, next, out var target)
                ? Check(target)
                : throw new DownloadException("The address redirects to an invalid one");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        Uri address, long from, RangeConditionHeaderValue? condition, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(_limits.IdleTimeout);
        using var request = OutboundHttp.CreateRequest(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = condition;
        }

        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, idle.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = idle.IsCancellationRequested ? SilenceText : ConnectionFailure.OfTimeout(address).Message;
            throw new DownloadException(reason, isTransient: from > 0, exception);
        }
        catch (HttpRequestException exception)
        {
            throw new DownloadException(ConnectionFailure.Describe(exception), isTransient: from > 0, exception);
        }
    }

    /// <summary>Sets the file to where the answer begins: at its end, or at nothing when the server sends everything anew.</summary>
    private static void Prepare(HttpResponseMessage response, FileStream file)
    {
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            file.SetLength(0);
        }
        else if (response.Content.Headers.ContentRange?.From != file.Length)
        {
            throw new DownloadException("The address answered with another part of the file than was asked for");
        }

        file.Position = file.Length;
    }

    /// <summary>What makes sure that the rest belongs to the same file; null where the server tells nothing of the kind.</summary>
    private static RangeConditionHeaderValue? ConditionOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? new RangeConditionHeaderValue(tag)
        : response.Content.Headers.LastModified is { } date ? new RangeConditionHeaderValue(date)
        : null;

    private async Task CopyAsync(HttpResponseMessage response, FileStream file, long room, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = source.ConfigureAwait(false);
        var block = new byte[BlockSize];
        while (true)
        {
            // Only the other side's silence counts, not a slow disk.
            idle.CancelAfter(_limits.IdleTimeout);
            var read = await ReadAsync(source, block, idle.Token, cancellationToken).ConfigureAwait(false);
            idle.CancelAfter(Timeout.InfiniteTimeSpan);
            if (read == 0)
            {
                return;
            }

            RefuseTooMuch(file.Length + read, room);
            await file.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> ReadAsync(Stream source, byte[] block, CancellationToken idle, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(block, idle).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DownloadException(SilenceText, isTransient: true, exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new DownloadException($"The download broke off: {ConnectionFailure.Describe(exception)}", isTransient: true, exception);
        }
    }

    private string SilenceText => $"The address was silent for {_limits.IdleTimeout.TotalSeconds:0.#} s";

    private void RefuseTooMuch(long bytes, long room)
    {
        if (bytes > room)
        {
            throw new DownloadException(room == _limits.MaxArchiveBytes
                ? $"The archive at the address is larger than the {room} bytes that this node accepts"
                : "The archive at the address is larger than the free disk of the node");
        }
    }
}
