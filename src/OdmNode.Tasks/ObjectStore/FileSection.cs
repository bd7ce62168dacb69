namespace OdmNode.Tasks.ObjectStore;

/// <summary>A stretch of a file as a stream. Several of them read one open file at the same time; none owns it.</summary>
/// <param name="range">The stretch.</param>
/// <param name="onSent">Told how many more bytes have been handed to the network than ever before.</param>
/// <param name="cancellationToken">Ends reading, also where the reader has no token to look at.</param>
internal sealed class FileSection(FileRange range, Action<long> onSent, CancellationToken cancellationToken) : Stream
{
    private long _position;

    /// <summary>Bytes that have been told as sent.</summary>
    public long Sent { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => range.Length;

    public override long Position
    {
        get => _position;
        set => _position = Math.Clamp(value, 0, range.Length);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <remarks>The SDK reads synchronously when it signs the content, before any of it is sent; that pass does not count.</remarks>
    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Advance(RandomAccess.Read(range.File, buffer[..Wanted(buffer.Length)], range.Offset + _position), buffer.Length);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await RandomAccess.ReadAsync(range.File, buffer[..Wanted(buffer.Length)], range.Offset + _position, cancellationToken).ConfigureAwait(false);
        Advance(read, buffer.Length);
        if (_position > Sent)
        {
            onSent(_position - Sent);
            Sent = _position;
        }

        return read;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => range.Length + offset,
        };
        return _position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Wanted(int room) => (int)Math.Min(room, range.Length - _position);

    private int Advance(int read, int room)
    {
        if (read == 0 && Wanted(room) > 0)
        {
            throw new EndOfStreamException("A file of the results became shorter while it was uploaded.");
        }

        _position += read;
        return read;
    }
}
