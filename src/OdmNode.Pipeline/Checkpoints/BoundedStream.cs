namespace OdmNode.Pipeline.Checkpoints;

/// <summary>Reads a stretch of a stream that it owns.</summary>
internal sealed class BoundedStream : Stream
{
    private readonly Stream inner;
    private readonly long length;
    private long position;

    /// <param name="inner">Seekable; disposed with this.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Bytes.</param>
    public BoundedStream(Stream inner, long offset, long length)
    {
        this.inner = inner;
        this.length = length;
        inner.Seek(offset, SeekOrigin.Begin);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, length - position);
        int read = wanted == 0 ? 0 : inner.Read(buffer[..wanted]);
        position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
