using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OdmNode.Core.Errors;
using OdmNode.Tasks.ObjectStore;
using OdmNode.Testing.Files;
using OdmNode.Testing.Network;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>N-180: what happens when a node with a store starts.</summary>
public sealed class CheckTests(S3Server server) : IClassFixture<S3Server>
{
    [Fact]
    public async Task N180_An_empty_test_object_is_written()
    {
        await CheckAsync(server.Settings);

        Assert.Contains("test.txt", server.Objects("test"));
        Assert.Empty(await server.ReadAsync("test.txt"));
    }

    [Fact]
    public async Task A_bucket_that_does_not_exist_is_named()
    {
        var refusal = await RefusalAsync(server.Settings with { Bucket = "nowhere" });

        Assert.Equal(ErrorKind.BadInput, refusal.Kind);
        Assert.Equal($"Results cannot be uploaded to S3: There is no bucket nowhere at {server.Url.OriginalString}.", refusal.Message);
    }

    [Theory]
    [InlineData("SOMEBODY", "S3RVER", "InvalidAccessKeyId")]
    [InlineData("S3RVER", "wrong", "SignatureDoesNotMatch")]
    public async Task Wrong_keys_are_told_and_not_repeated(string accessKey, string secretKey, string code)
    {
        var refusal = await RefusalAsync(server.Settings with { AccessKey = accessKey, SecretKey = secretKey });

        Assert.Contains($"does not accept the keys ({code})", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secretKey, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_told()
    {
        var nobody = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Next()}");

        var refusal = await RefusalAsync(server.Settings with { Endpoint = "http://" + nobody });

        Assert.Contains($"http://{nobody} cannot be reached: Connection refused.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_never_answers_does_not_hold_the_start_up()
    {
        await using var front = await StoreFront.StartAsync(server, _ => Treatment.Hold);
        using var store = new S3ResultStore(
            server.Settings with { Endpoint = front.Url }, TimeProvider.System, new UploadLimits { CheckSilence = TimeSpan.FromMilliseconds(200) });

        var refusal = await Assert.ThrowsAsync<OdmException>(() => store.CheckAsync(CancellationToken.None));

        Assert.EndsWith("did not answer in time.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_test_object_carries_the_access_list_of_results_so_that_a_refusal_comes_before_the_work()
    {
        await using var front = await StoreFront.StartAsync(server, _ => Treatment.Pass);

        await CheckAsync(server.Settings with { Endpoint = front.Url });
        await CheckAsync(server.Settings with { Endpoint = front.Url, Acl = "private" });
        await CheckAsync(server.Settings with { Endpoint = front.Url, Acl = "none" });

        Assert.Equal(["public-read", "private", null], front.Seen.Select(request => request.Headers.GetValueOrDefault("x-amz-acl")));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_unless_certificates_are_ignored()
    {
        using var folder = new TemporaryFolder();
        var secure = new S3Server(SelfSigned(folder));
        await secure.InitializeAsync();
        try
        {
            var refusal = await RefusalAsync(secure.Settings);
            Assert.Contains("certificate", refusal.Message, StringComparison.Ordinal);
            Assert.Empty(secure.Objects("test"));

            await CheckAsync(secure.Settings with { IgnoreSsl = true });
            Assert.Equal(["test.txt"], secure.Objects("test"));

            // Content goes another way over https than over http: it is not signed, and empty content is.
            using var task = new UploadedTask(300_000);
            task.Add("empty.txt", []);
            using var store = new S3ResultStore(
                secure.Settings with { IgnoreSsl = true, UploadEverything = true },
                TimeProvider.System,
                new UploadLimits { SmallestPart = 100_000, LargestPart = 100_000 });
            await task.UploadAsync(store);
            Assert.Equal([$"{task.Id}/all.zip", $"{task.Id}/empty.txt"], secure.Objects($"{task.Id}/"));
            Assert.Equal(task.Archive, secure.Content($"{task.Id}/all.zip"));
        }
        finally
        {
            await secure.DisposeAsync();
        }
    }

    private static string[] SelfSigned(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        string[] paths = [folder.PathOf("key.pem"), folder.PathOf("certificate.pem")];
        File.WriteAllText(paths[0], key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(paths[1], certificate.ExportCertificatePem());
        return paths;
    }

    private static async Task CheckAsync(S3Settings settings)
    {
        using var store = new S3ResultStore(settings, TimeProvider.System);
        await store.CheckAsync(CancellationToken.None);
    }

    private static Task<OdmException> RefusalAsync(S3Settings settings) => Assert.ThrowsAsync<OdmException>(() => CheckAsync(settings));
}
