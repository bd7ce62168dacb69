namespace OdmNode.Pipeline.Checkpoints;

/// <summary>Counts what a stage writes into a section and tells the writer when the section ends.</summary>
internal sealed class SectionStream(Stream inner, bool ownsInner, Action<long> ended) : Stream
{
    private long count;
    private bool disposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !disposed;

    public override long Length => count;

    public override long Position
    {
        get => count;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        inner.Write(buffer);
        count += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    // A section reaches the disk when the checkpoint is committed; flushing in between would only cut LZ4 blocks short.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            disposed = true;
            if (ownsInner)
            {
                inner.Dispose();
            }

            ended(count);
        }

        base.Dispose(disposing);
    }
}
