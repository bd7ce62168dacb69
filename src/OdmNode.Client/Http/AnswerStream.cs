namespace OdmNode.Client.Http;

/// <summary>The body of an answer: a break and a silence are told as the node being out of reach. Owns the answer.</summary>
internal sealed class AnswerStream(HttpResponseMessage response, Stream inner, Uri node, TimeSpan idleTimeout) : Stream
{
    /// <summary>True until the first byte.</summary>
    public bool IsUnread { get; private set; } = true;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the body of an answer whose headers have come.</summary>
    public static async Task<AnswerStream> OpenAsync(
        HttpResponseMessage response, Uri node, TimeSpan idleTimeout, CancellationToken cancellationToken) =>
        new(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), node, idleTimeout);

    /// <exception cref="NodeException">The answer broke off, or nothing came for too long.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var deadline = new IdleDeadline(idleTimeout, cancellationToken);
        try
        {
            var read = await inner.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
            IsUnread &= read == 0;
            return read;
        }
        catch (IOException exception)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"The answer of {node} broke off: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"{node} fell silent in the middle of an answer.", exception);
        }
    }

    /// <summary>The rest of the body.</summary>
    public async Task<byte[]> ReadToEndAsync(CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.ToArray();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
