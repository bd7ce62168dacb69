using System.Diagnostics;
using System.Text;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.HostileInput;

/// <summary>Multipart bodies that no library writes.</summary>
public sealed class HostileBodyTests(HostileNode shared) : IClassFixture<HostileNode>
{
    private const string Disposition = "Content-Disposition: form-data; name=\"images\"; filename=\"a.jpg\"";
    private const string Malformed = """{"error":"Malformed part header"}""";
    private const string CutShort = """{"error":"Unexpected end of multipart data"}""";
    private const string NoFile = """{"error":"Need at least 1 file or a zip file url."}""";

    private readonly NodeProcess _node = shared.Node;

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n", 1_000_000)]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"\"\r\n\r\nx\r\n", 200_000)]
    [InlineData("--b\r\n\r\n\r\n", 200_000)]
    public async Task A_million_tiny_parts_are_read_in_bounded_memory_and_time(string part, int count)
    {
        var watch = Stopwatch.StartNew();
        var answer = await SendAsync(string.Concat(Enumerable.Repeat(part, count)) + "--b--\r\n");

        Assert.Equal(NoFile, answer.Text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_hundred_fields_of_a_mebibyte_are_not_kept()
    {
        using var form = new RawForm();
        var value = new string('v', 1 << 20);
        for (var number = 0; number < 100; number++)
        {
            form.Field(number % 2 == 0 ? "name" : $"field{number}", value);
        }

        Assert.NotEmpty((await _node.PostAsync("/task/new/init", form.End().ToContent())).Uuid());
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData(900, 1, true)]
    [InlineData(1, 60_000, true)]
    [InlineData(1100, 1, false)]
    [InlineData(1, 70_000, false)]
    [InlineData(20_000, 100, false)]
    public async Task Part_headers_may_be_many_and_long_within_limits(int count, int length, bool isAccepted)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(number => $"\r\nX-{number}: {new string('y', length)}"));
        using var form = new RawForm();
        var answer = await SendAsync(form.Part(Disposition + headers).End());

        Assert.Equal(isAccepted, answer.Json.TryGetProperty("uuid", out _));
        Assert.True(isAccepted || answer.Text == Malformed, answer.Text);
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("Content-Disposition form-data")]
    [InlineData("no colon here")]
    [InlineData("\u0001\u0002")]
    public async Task A_line_that_is_no_header_is_an_error(string headers)
    {
        using var form = new RawForm();

        Assert.Equal(Malformed, (await SendAsync(form.Part(headers).End())).Text);
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("X-Other: y", null)]
    [InlineData("Content-Disposition: form-data; name=\"images\"", null)]
    [InlineData("Content-Disposition: form-data", null)]
    [InlineData("Content-Disposition:", null)]
    [InlineData("Content-Disposition: form-data; name=\"images\"; filename=", null)]
    [InlineData("Content-Disposition: form-data; filename=\"a.jpg\"", "Unexpected field")]
    [InlineData("Content-Disposition: form-data; name=\"IMAGES\"; filename=\"a.jpg\"", "Unexpected field")]
    [InlineData("Content-Disposition: form-data; name=\"images\0\"; filename=\"a.jpg\"", "Unexpected field")]
    public async Task Parts_without_a_proper_name_are_no_photos(string headers, string? error)
    {
        using var form = new RawForm();

        Assert.Equal(error is null ? NoFile : $$"""{"error":"{{error}}"}""", (await SendAsync(form.Part(headers).End())).Text);
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("Content-Disposition: form-data; name=\"images\"; filename=\"a.jpg\"\r\nContent-Disposition: form-data; name=\"other\"; filename=\"b.jpg\"")]
    [InlineData("Content-Disposition: form-data; name=\"images\"; name=\"other\"; filename=\"a.jpg\"; filename=\"b.jpg\"")]
    [InlineData("Content-Disposition: form-data; flag; name=\"images\"; ; filename=\"a.jpg\"; =; rest")]
    [InlineData("content-disposition:form-data;NAME=images;FILENAME=a.jpg")]
    [InlineData("Content-Disposition: form-data; name=\"images\"; filename=\"a.jpg")]
    [InlineData("Content-Type: multipart/mixed; boundary=c\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.jpg\"")]
    public async Task Of_whatever_stands_twice_the_first_counts_and_what_is_odd_is_skipped(string headers)
    {
        using var form = new RawForm();
        var uuid = (await SendAsync(form.Part(headers, "--c\r\n\r\ninner\r\n--c--").End())).Json.Uuid();
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(["a.jpg"], _node.Images(uuid));
        Assert.Equal("--c\r\n\r\ninner\r\n--c--", await File.ReadAllTextAsync(_node.PathOf(uuid, "images", "a.jpg")));
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("a/b=?'()+_,-.:", "boundary=\"a/b=?'()+_,-.:\"")]
    [InlineData("a/b=?'()+_,-.:", "boundary=a/b=?'()+_,-.:")]
    [InlineData("with blank", "boundary=\"with blank\"")]
    [InlineData("b", "charset=utf-8; boundary=b; boundary=c")]
    [InlineData("-----------------------------", "boundary=-----------------------------")]
    [InlineData("ü", "boundary=ü")]
    public async Task Odd_boundaries_are_understood(string boundary, string parameter)
    {
        using var form = new RawForm(boundary) { ContentType = "multipart/form-data; " + parameter };
        form.Part(Disposition, "one\r\n--\r\n-\r\n\r\n--" + boundary[..^1] + "\r\n" + boundary).Part(Disposition, "two");
        var uuid = (await SendAsync(form.End())).Json.Uuid();
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(["a.jpg", "a_.jpg"], _node.Images(uuid));
        Assert.Equal("two", await File.ReadAllTextAsync(_node.PathOf(uuid, "images", "a_.jpg")));
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("boundary=")]
    [InlineData("boundary=\"\"")]
    [InlineData("boundary")]
    [InlineData("bound=b")]
    public async Task No_boundary_is_named_so(string parameter)
    {
        using var form = new RawForm { ContentType = "multipart/form-data; " + parameter };

        Assert.Equal("""{"error":"Multipart: Boundary not found"}""", (await SendAsync(form.Part(Disposition).End())).Text);
    }

    [Fact]
    public async Task A_boundary_of_kilobytes_is_refused()
    {
        using var form = new RawForm(new string('b', 2000));

        Assert.Equal("""{"error":"Multipart: Boundary not found"}""", (await SendAsync(form.Part(Disposition).End())).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--b")]
    [InlineData("--b\r\n")]
    [InlineData("--b\r\n" + Disposition)]
    [InlineData("--b\r\n" + Disposition + "\r\n\r\n")]
    [InlineData("--b\r\n" + Disposition + "\r\n\r\nx\r\n--b\r\n")]
    [InlineData("--c\r\n" + Disposition + "\r\n\r\nx\r\n--c--\r\n")]
    [InlineData("--b\n" + Disposition + "\n\nx\n--b--\n")]
    [InlineData("\0\0\0\0")]
    public async Task What_never_ends_is_cut_short(string body)
    {
        var uuid = await _node.InitAsync();
        Assert.Equal(CutShort, (await SendAsync(body, path: $"/task/new/upload/{uuid}")).Text);

        Assert.Empty(Directory.GetFiles(Path.Combine(_node.Data, "tmp", uuid, "parts")));
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task What_stands_before_the_first_and_after_the_last_part_is_ignored()
    {
        using var form = new RawForm();
        form.Text("This is a preamble.\r\n\r\n-b\r\n").Part(Disposition).End().Text("This is an epilogue.\r\n--b\r\n" + new string('z', 20_000));

        Assert.NotEmpty((await SendAsync(form)).Json.Uuid());
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("multipart/mixed; boundary=b")]
    [InlineData("multipart/form-datax; boundary=b")]
    [InlineData(";;;=;\"")]
    [InlineData("")]
    public async Task A_body_of_another_type_holds_no_files(string type)
    {
        using var form = new RawForm { ContentType = type };

        Assert.Equal(NoFile, (await SendAsync(form.Part(Disposition).End())).Text);
        await shared.AssertUnharmedAsync();
    }

    private Task<RawAnswer> SendAsync(RawForm form) => SendAsync(form.ToBytes(), form.ContentType, "/task/new");

    private Task<RawAnswer> SendAsync(string body, string path = "/task/new") => SendAsync(Encoding.UTF8.GetBytes(body), "multipart/form-data; boundary=b", path);

    private Task<RawAnswer> SendAsync(byte[] body, string type, string path) => RawConnection.ExchangeAsync(
        _node, $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n", body);
}
