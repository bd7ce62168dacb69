using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>What went wrong between the node and a store, in words that say what to change.</summary>
internal static class StoreErrors
{
    /// <summary>True for what the store or the way to it did, which another attempt may find mended; false for defects and for the disk of this machine.</summary>
    public static bool IsOfStore(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or TimeoutException or HttpIOException;

    /// <summary>A sentence for the operator or a task's console.</summary>
    public static string Describe(Exception exception, S3Settings settings) => exception switch
    {
        AmazonS3Exception s3 => Describe(s3, settings),
        HttpRequestException http when Cause<AuthenticationException>(http) is not null =>
            $"The certificate of {settings.Endpoint} is not trusted. If the store signed it itself, let the node ignore certificates.",
        HttpRequestException http when Cause<SocketException>(http) is { } socket =>
            $"{settings.Endpoint} cannot be reached: {socket.Message}.",
        TimeoutException => $"{settings.Endpoint} did not answer in time.",
        AmazonClientException when exception is not AmazonServiceException =>
            $"The node has no usable keys for {settings.Endpoint}, or its request cannot be made: {exception.Message}",
        _ => exception.Message,
    };

    private static string Describe(AmazonS3Exception exception, S3Settings settings) => exception.ErrorCode switch
    {
        "NoSuchBucket" => $"There is no bucket {settings.Bucket} at {settings.Endpoint}.",
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "ExpiredToken" =>
            $"{settings.Endpoint} does not accept the keys ({exception.ErrorCode}). Check access key, secret key and, if the store has any, region.",
        "AccessDenied" or "AllAccessDisabled" or "AccountProblem" =>
            $"The keys may not write to bucket {settings.Bucket} at {settings.Endpoint}{AclHint(settings)} ({exception.ErrorCode}).",
        "AccessControlListNotSupported" =>
            $"Bucket {settings.Bucket} takes no access lists: set the S3 access list to {S3Settings.NoAcl}.",
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" =>
            $"Bucket {settings.Bucket} belongs to another region than {settings.Endpoint}: give the endpoint of its region. {exception.Message}",
        "RequestTimeTooSkewed" => "The clock of this machine and that of the store differ too much: set it right.",
        _ when exception.StatusCode == HttpStatusCode.Forbidden => $"{settings.Endpoint} refuses: {exception.Message}",
        _ => exception.StatusCode == 0 ? exception.Message : $"{exception.Message} ({(int)exception.StatusCode} {exception.ErrorCode})",
    };

    private static string AclHint(S3Settings settings) =>
        settings.Acl == S3Settings.NoAcl ? string.Empty : $", or not with the access list {settings.Acl}";

    private static T? Cause<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not (null or T))
        {
            exception = exception.InnerException;
        }

        return (T?)exception;
    }
}
