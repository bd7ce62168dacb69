using Amazon.Runtime;
using Amazon.S3;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>Sets the SDK up so that it works with every store, not with Amazon's alone, and leaves waits and retries to the caller.</summary>
internal static class S3ClientFactory
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>A client for the store; to be disposed.</summary>
    public static AmazonS3Client Create(S3Settings settings)
    {
        var endpoint = S3Endpoint.Parse(settings.Endpoint) ?? throw new ArgumentException("The settings were not validated.", nameof(settings));
        var config = new AmazonS3Config
        {
            ServiceURL = endpoint.Url.GetLeftPart(UriPartial.Authority),
            AuthenticationRegion = settings.Region ?? endpoint.Region ?? RegionOfEnvironment() ?? S3Endpoint.DefaultRegion,
            ForcePathStyle = settings.ForcePathStyle,
            HttpClientFactory = new StoreHttpClientFactory(settings.IgnoreSsl),
            BufferSize = BufferBytes,

            // Retries of the SDK's own would come on top of those that the protocol counts. What stays is that a connection which
            // broke is replaced at once, a few times.
            MaxErrorRetry = 0,

            // By default every upload carries a checksum in a trailer, which many other stores refuse.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        return string.IsNullOrEmpty(settings.AccessKey)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(settings.AccessKey, settings.SecretKey), config);
    }

    private static string? RegionOfEnvironment() => Named("AWS_REGION") ?? Named("AWS_DEFAULT_REGION");

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
