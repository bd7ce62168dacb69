using System.Buffers;
using System.Text;

namespace OdmNode.Api.Http;

/// <summary>Cuts a <c>multipart</c> body (RFC 2046, section 5.1) into parts at the speed of the vectorised search for its delimiter.</summary>
/// <remarks>
/// One buffer is filled with large reads; what certainly is content is copied out of it once. A delimiter counts only where
/// a line end or <c>--</c> follows, so that a boundary which begins another one's name does not cut that part.
/// </remarks>
internal sealed class MultipartBody : IDisposable
{
    private const int Capacity = 256 * 1024;
    private const int MaxPartHeaders = 1000;
    private const int MaxHeaderBytes = 64 * 1024;
    private const int AfterDelimiter = 2;

    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();

    private readonly Stream _body;
    private readonly byte[] _delimiter;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(Capacity);
    private int _start;
    private int _end;

    /// <summary>Up to here the buffer holds content of the part; the delimiter follows when it <see cref="_isFound"/>.</summary>
    private int _known;
    private bool _isFound;
    private bool _hasEnded;

    /// <param name="boundary">Without the leading dashes.</param>
    /// <param name="body">Read to the last delimiter.</param>
    public MultipartBody(string boundary, Stream body)
    {
        _body = body;
        _delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);

        // The first delimiter may stand at the very beginning, without a line before it.
        LineEnd.CopyTo(_buffer, 0);
        _end = LineEnd.Length;
    }

    /// <summary>Goes to the next part; what was not read of the current one is passed over.</summary>
    /// <returns>The part's headers, keys without regard to case and of several equal ones the first; null after the last part.</returns>
    /// <exception cref="EndOfStreamException">The body is cut short.</exception>
    /// <exception cref="InvalidDataException">The headers of the part are malformed or too many.</exception>
    public async ValueTask<IReadOnlyDictionary<string, string>?> NextAsync(CancellationToken cancellationToken)
    {
        if (_hasEnded)
        {
            return null;
        }

        while (await HasContentAsync(cancellationToken).ConfigureAwait(false))
        {
            _start = _known;
        }

        _start += _delimiter.Length;
        if (_buffer[_start] == (byte)'-')
        {
            _hasEnded = true;
            return null;
        }

        (_known, _isFound) = (_start, false);
        _ = await ReadLineAsync(MaxHeaderBytes, cancellationToken).ConfigureAwait(false);
        return await ReadHeadersAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads content of the current part.</summary>
    /// <returns>Number of bytes; 0 at the end of the part.</returns>
    /// <exception cref="EndOfStreamException">The body is cut short.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (destination.IsEmpty || !await HasContentAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        var count = Math.Min(destination.Length, _known - _start);
        _buffer.AsMemory(_start, count).CopyTo(destination);
        _start += count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>Makes content of the part available.</summary>
    /// <returns>False when the part's delimiter comes next.</returns>
    private async ValueTask<bool> HasContentAsync(CancellationToken cancellationToken)
    {
        while (_known == _start && !_isFound)
        {
            if (!Search())
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return _known > _start;
    }

    /// <returns>False when more bytes are needed to tell content from delimiter.</returns>
    private bool Search()
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        for (var from = 0; ;)
        {
            var found = bytes[from..].IndexOf(_delimiter);
            if (found < 0)
            {
                // The last bytes may be the beginning of a delimiter.
                _known = _start + Math.Max(from, bytes.Length - _delimiter.Length + 1);
                return _known > _start;
            }

            found += from;
            var after = bytes[(found + _delimiter.Length)..];
            if (after.Length < AfterDelimiter)
            {
                _known = _start + found;
                return found > 0;
            }

            if (after[0] is (byte)' ' or (byte)'\t' || after.StartsWith("\r\n"u8) || after.StartsWith("--"u8))
            {
                (_known, _isFound) = (_start + found, true);
                return true;
            }

            from = found + 1;
        }
    }

    private async ValueTask<IReadOnlyDictionary<string, string>> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var room = MaxHeaderBytes;
        for (var count = 0; await ReadLineAsync(room, cancellationToken).ConfigureAwait(false) is { Length: > 0 } line; count++)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || count == MaxPartHeaders)
            {
                throw new InvalidDataException("The headers of a part are malformed.");
            }

            headers.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
            room -= line.Length;
        }

        return headers;
    }

    private async ValueTask<string> ReadLineAsync(int room, CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);

            // The last byte may be half a line end.
            if ((length < 0 ? _end - _start - 1 : length) > room)
            {
                throw new InvalidDataException("The headers of a part are too long.");
            }

            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length);
                _start += length + LineEnd.Length;
                _known = _start;
                return line;
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_end, _known, _start) = (_end - _start, _known - _start, 0);
        }

        var read = await _body.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read == 0 ? throw new EndOfStreamException("The body ends before its last delimiter.") : read;
    }
}
