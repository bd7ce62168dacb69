using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace OdmNode.Scene.Formats;

/// <summary>Puts lines of text together in bytes: a model has a million of them.</summary>
/// <param name="stream">Stays open.</param>
/// <param name="cancellationToken">Asked every few thousand lines.</param>
internal sealed class LineWriter(Stream stream, CancellationToken cancellationToken)
{
    private const int CancellationStride = 8192;
    private const int LongestLine = 512;
    private readonly byte[] buffer = new byte[1 << 18];
    private int used;
    private int lines;

    public LineWriter Add(string text)
    {
        used += Encoding.UTF8.GetBytes(text, buffer.AsSpan(used));
        return this;
    }

    public LineWriter Add(int value)
    {
        Utf8Formatter.TryFormat(value, buffer.AsSpan(used), out int written);
        used += written;
        return this;
    }

    public LineWriter Add(double value, byte decimals)
    {
        Utf8Formatter.TryFormat(value, buffer.AsSpan(used), out int written, new StandardFormat('F', decimals));
        used += written;
        return this;
    }

    public void End()
    {
        buffer[used++] = (byte)'\n';
        if (used > buffer.Length - LongestLine)
        {
            Flush();
        }

        if (++lines % CancellationStride == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }
}
