using System.Text.RegularExpressions;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>Where results are uploaded to: a bucket of a store that speaks the S3 protocol.</summary>
public sealed partial record S3Settings
{
    /// <summary>The value of <see cref="Acl"/> that sends none.</summary>
    public const string NoAcl = "none";

    /// <summary>The access lists that S3 has a name for.</summary>
    private static readonly string[] Acls =
    [
        "private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read",
        "bucket-owner-read", "bucket-owner-full-control", "log-delivery-write",
    ];

    /// <summary>The store: a host such as <c>s3.eu-central-1.amazonaws.com</c> or <c>localhost:9000</c>, which is spoken to over https, or an address with its scheme.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The bucket; it must exist.</summary>
    public required string Bucket { get; init; }

    /// <summary>The access key; null together with <see cref="SecretKey"/> for what the environment, the profile or the role of this machine gives.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret of <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The region that requests are signed for; null for the one in the endpoint's name, else the environment's, else <c>us-east-1</c>, which stores without regions take.</summary>
    public string? Region { get; init; }

    /// <summary>The bucket is named in the path of an address instead of in its host; what stores on a plain host name or address need.</summary>
    public bool ForcePathStyle { get; init; }

    /// <summary>How requests are signed; version 4 is the only one that is left.</summary>
    public string SignatureVersion { get; init; } = "4";

    /// <summary>Who may read what is uploaded, as a canned access list of S3; <see cref="NoAcl"/> leaves it to the bucket.</summary>
    public string Acl { get; init; } = "public-read";

    /// <summary>Every file of the archive is uploaded beside the archive.</summary>
    public bool UploadEverything { get; init; }

    /// <summary>The store's certificate is not checked.</summary>
    public bool IgnoreSsl { get; init; }

    /// <summary>Everything that is wrong with the settings, in words; empty when a store can be made of them.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (S3Endpoint.Parse(Endpoint) is null)
        {
            problems.Add($"The S3 endpoint must be a host such as s3.us-east-1.amazonaws.com or localhost:9000, or an http or https address without a path, not '{Endpoint}'.");
        }

        if (!BucketName().IsMatch(Bucket))
        {
            problems.Add($"The S3 bucket must be a name of letters, digits, '.', '-' and '_', not '{Bucket}'.");
        }

        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey))
        {
            problems.Add("The S3 access key and the S3 secret key belong together: give both, or neither for those of this machine.");
        }

        if (SignatureVersion is not ("4" or "v4"))
        {
            problems.Add($"S3 requests are signed with version 4 only, not '{SignatureVersion}': version 2 is no longer supported. Leave the setting out.");
        }

        if (Acl != NoAcl && !Acls.Contains(Acl))
        {
            problems.Add($"The S3 access list must be {NoAcl} or one of {string.Join(", ", Acls)}, not '{Acl}'.");
        }

        return problems;
    }

    /// <summary>Without the keys, so that no log can hold them.</summary>
    public override string ToString() => $"bucket {Bucket} at {Endpoint}";

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{1,254}\z")]
    private static partial Regex BucketName();
}
