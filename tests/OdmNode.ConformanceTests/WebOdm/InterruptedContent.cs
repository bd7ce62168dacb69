using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>A form with two files, the second of which is sent when the test says so.</summary>
internal sealed class InterruptedContent : HttpContent
{
    private const string Boundary = "the-boundary";
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InterruptedContent() => Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + Boundary);

    public void GoOn() => _gate.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Part("a.jpg") + "content\r\n" + Part("b.jpg")));
        await stream.FlushAsync();
        await _gate.Task;
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"more\r\n--{Boundary}--\r\n"));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static string Part(string name) => $"--{Boundary}\r\nContent-Disposition: form-data; name=\"images\"; filename=\"{name}\"\r\n\r\n";
}
