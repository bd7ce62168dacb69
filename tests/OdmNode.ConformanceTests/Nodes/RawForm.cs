using System.Text;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>A multipart body written byte by byte, as clients of many kinds write it, the hostile ones included.</summary>
internal sealed class RawForm(string boundary = "b") : IDisposable
{
    private readonly MemoryStream _body = new();

    public string ContentType { get; init; } = $"multipart/form-data; boundary={boundary}";

    /// <summary>A part with headers as they stand.</summary>
    public RawForm Part(string headers, ReadOnlySpan<byte> content)
    {
        Write($"--{boundary}\r\n{headers}\r\n\r\n");
        _body.Write(content);
        Write("\r\n");
        return this;
    }

    public RawForm Part(string headers, string content = "content") => Part(headers, Encoding.UTF8.GetBytes(content));

    public RawForm Field(string name, string value) => Part($"Content-Disposition: form-data; name=\"{name}\"", value);

    /// <summary>A file whose name stands in the header as it is.</summary>
    public RawForm File(string fileName, string content = "content") =>
        Part($"Content-Disposition: form-data; name=\"images\"; filename=\"{fileName}\"", content);

    public RawForm Text(string text)
    {
        Write(text);
        return this;
    }

    /// <summary>Closes the body; nothing but an epilogue may follow.</summary>
    public RawForm End() => Text($"--{boundary}--\r\n");

    public byte[] ToBytes() => _body.ToArray();

    public ByteArrayContent ToContent()
    {
        var content = new ByteArrayContent(ToBytes());
        content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return content;
    }

    public void Dispose() => _body.Dispose();

    private void Write(string text) => _body.Write(Encoding.UTF8.GetBytes(text));
}
