using System.Diagnostics;
using System.Globalization;
using OdmNode.Tasks.ObjectStore;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>A real S3 server as a process of its own, with one bucket; it checks signatures.</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "results";
    private const string Key = "S3RVER";
    private const string ObjectSuffix = "._S3rver_object";

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _certificate;
    private Process? _process;

    public S3Server()
        : this([])
    {
    }

    /// <param name="certificate">Paths of key and certificate for https; empty for http.</param>
    internal S3Server(string[] certificate) => _certificate = certificate;

    /// <summary>Scheme, host and port.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Settings that reach the server.</summary>
    public S3Settings Settings => new() { Endpoint = Url.OriginalString, Bucket = Bucket, AccessKey = Key, SecretKey = Key };

    private string BucketFolder => _folder.PathOf(Bucket);

    public async Task InitializeAsync()
    {
        var script = Path.Combine(RepositoryRoot(), "artifacts", "s3server", "server.js");
        Assert.True(File.Exists(script), "The object store of the tests is not installed: run build/s3server.sh artifacts/s3server.");
        var start = new ProcessStartInfo("node", [script, _folder.Root, Bucket, .. _certificate])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))
            ?? throw new InvalidOperationException("The object store ended at once.");
        var port = int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
        Url = new Uri($"{(_certificate.Length > 0 ? "https" : "http")}://127.0.0.1:{port}");
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>The names of all objects that begin with something, sorted.</summary>
    public string[] Objects(string prefix) =>
    [
        .. Directory.EnumerateFiles(BucketFolder, "*" + ObjectSuffix, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(BucketFolder, path)[..^ObjectSuffix.Length])
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The names of uploads in parts that were begun and neither completed nor withdrawn.</summary>
    public string[] UnfinishedUploads(string prefix)
    {
        var folder = Path.Combine(BucketFolder, "._S3rver_uploads");
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "key", SearchOption.AllDirectories).Select(File.ReadAllText).Where(key => key.StartsWith(prefix, StringComparison.Ordinal))]
            : [];
    }

    /// <summary>An object as it lies in the server's folder.</summary>
    public byte[] Content(string key) => File.ReadAllBytes(Path.Combine(BucketFolder, key + ObjectSuffix));

    /// <summary>Bytes of an object.</summary>
    public long Length(string key) => new FileInfo(Path.Combine(BucketFolder, key + ObjectSuffix)).Length;

    /// <summary>An object as the server gives it to everybody.</summary>
    public async Task<byte[]> ReadAsync(string key)
    {
        using var client = new HttpClient();
        return await client.GetByteArrayAsync(new Uri(Url, $"/{Bucket}/{key}"));
    }

    /// <summary>The type that the server tells with an object.</summary>
    public async Task<string?> TypeAsync(string key)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(Url, $"/{Bucket}/{key}"), HttpCompletionOption.ResponseHeadersRead);
        return answer.Content.Headers.ContentType?.MediaType;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OdmNode.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
