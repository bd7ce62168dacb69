using Amazon.S3;
using Amazon.S3.Model;
using OdmNode.Tasks.ObjectStore;

namespace OdmNode.UnitTests.Tasks.ObjectStore;

public sealed class S3EndpointTests
{
    [Theory]
    [InlineData("s3.us-east-1.amazonaws.com", "https://s3.us-east-1.amazonaws.com/")]
    [InlineData("localhost:9000", "https://localhost:9000/")]
    [InlineData("http://localhost:9000", "http://localhost:9000/")]
    [InlineData("HTTPS://Store.Example/", "https://store.example/")]
    public void A_host_without_a_scheme_is_spoken_to_over_https(string text, string url) => Assert.Equal(url, S3Endpoint.Parse(text)!.Url.AbsoluteUri);

    [Theory]
    [InlineData("s3.us-east-1.amazonaws.com", "us-east-1")]
    [InlineData("s3-eu-west-1.amazonaws.com", "eu-west-1")]
    [InlineData("s3.dualstack.ap-southeast-2.amazonaws.com", "ap-southeast-2")]
    [InlineData("s3-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("s3.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("bucket.vpce-0a1b.s3.eu-north-1.vpce.amazonaws.com", "eu-north-1")]
    [InlineData("s3.eu-central-2.wasabisys.com", "eu-central-2")]
    [InlineData("s3.us-west-004.backblazeb2.com", "us-west-004")]
    [InlineData("s3.fr-par.scw.cloud", "fr-par")]
    [InlineData("s3.amazonaws.com", null)]
    [InlineData("s3-accelerate.amazonaws.com", null)]
    [InlineData("s3.my-company.example", null)]
    [InlineData("minio.example:9000", null)]
    [InlineData("127.0.0.1:9000", null)]
    public void The_region_is_read_from_a_name_that_holds_one(string host, string? region) => Assert.Equal(region, S3Endpoint.Parse(host)!.Region);

    [Theory]
    [InlineData("s3.eu-west-1.amazonaws.com", "results", false, "https://results.s3.eu-west-1.amazonaws.com/id/all.zip")]
    [InlineData("s3.eu-west-1.amazonaws.com", "results", true, "https://s3.eu-west-1.amazonaws.com/results/id/all.zip")]
    [InlineData("s3.eu-west-1.amazonaws.com", "dots.break.certificates", false, "https://s3.eu-west-1.amazonaws.com/dots.break.certificates/id/all.zip")]
    [InlineData("http://127.0.0.1:9000", "results", true, "http://127.0.0.1:9000/results/id/all.zip")]
    public void The_bucket_is_named_in_the_host_unless_the_path_is_forced(string endpoint, string bucket, bool forcePath, string address) =>
        Assert.Equal(address, Sign(Settings(endpoint, bucket) with { ForcePathStyle = forcePath }).Split('?')[0]);

    [Theory]
    [InlineData("s3.eu-west-1.amazonaws.com", null, "eu-west-1")]
    [InlineData("s3.eu-west-1.amazonaws.com", "eu-west-3", "eu-west-3")]
    [InlineData("minio.example", "gra", "gra")]
    public void Requests_are_signed_for_the_region_that_is_set_else_for_that_of_the_name(string endpoint, string? region, string used) =>
        Assert.Contains($"%2F{used}%2Fs3%2Faws4_request", Sign(Settings(endpoint, "results") with { Region = region }), StringComparison.Ordinal);

    private static S3Settings Settings(string endpoint, string bucket) => new()
    {
        Endpoint = endpoint, Bucket = bucket, AccessKey = "key", SecretKey = "secret",
    };

    /// <summary>The address of an object as the client would ask for it; nothing is sent.</summary>
    private static string Sign(S3Settings settings)
    {
        using var client = S3ClientFactory.Create(settings);
        return client.GetPreSignedURL(new GetPreSignedUrlRequest
        {
            BucketName = settings.Bucket,
            Key = "id/all.zip",
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            Protocol = settings.Endpoint.StartsWith("http:", StringComparison.Ordinal) ? Protocol.HTTP : Protocol.HTTPS,
        });
    }
}
