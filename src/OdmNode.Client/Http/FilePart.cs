using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Win32.SafeHandles;
using OdmNode.Core.Errors;

namespace OdmNode.Client.Http;

/// <summary>A file as a part of a request, read piece by piece while it is sent; the file is open only meanwhile.</summary>
internal sealed class FilePart : HttpContent
{
    private const int PieceBytes = 256 * 1024;
    private const string Field = "images";

    private readonly string _path;
    private readonly long _length;
    private readonly Action<int> _onBytes;

    /// <exception cref="OdmException">There is no such file.</exception>
    public FilePart(string path, Action<int> onBytes)
    {
        var file = new FileInfo(path);
        _path = path;
        _length = file.Exists ? file.Length : throw new OdmException(ErrorKind.BadInput, $"The file {path} is gone.");
        _onBytes = onBytes;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.TryAddWithoutValidation("Content-Disposition", Disposition(file.Name));
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var file = Open();
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (var position = 0L; position < _length;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(PieceBytes, _length - position));
                var read = await ReadAsync(file, piece, position, cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(piece[..read], cancellationToken).ConfigureAwait(false);
                position += read;
                _onBytes(read);
            }

            if (RandomAccess.GetLength(file) != _length)
            {
                throw Changed();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    /// <summary>RFC 5987: every name travels unharmed, quotes and line ends too.</summary>
    private static string Disposition(string fileName) => $"form-data; name=\"{Field}\"; filename*=UTF-8''{Uri.EscapeDataString(fileName)}";

    // An IOException that leaves a content is taken for one of the connection; the two must be told apart.
    private SafeFileHandle Open()
    {
        try
        {
            return File.OpenHandle(_path, options: FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception);
        }
    }

    private async ValueTask<int> ReadAsync(SafeFileHandle file, Memory<byte> piece, long position, CancellationToken cancellationToken)
    {
        try
        {
            var read = await RandomAccess.ReadAsync(file, piece, position, cancellationToken).ConfigureAwait(false);
            return read > 0 ? read : throw Changed();
        }
        catch (IOException exception)
        {
            throw Unreadable(exception);
        }
    }

    private OdmException Changed() => new(ErrorKind.BadInput, $"The file {_path} changed while it was sent; submit again.");

    private OdmException Unreadable(Exception cause) =>
        new(ErrorKind.BadInput, $"The file {_path} cannot be read: {cause.Message}", cause);
}
