using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;
using OdmNode.Tasks.ObjectStore;

namespace OdmNode.UnitTests.Tasks.ObjectStore;

public sealed class StoreErrorsTests
{
    private static readonly S3Settings Settings = new() { Endpoint = "store.example", Bucket = "results" };

    public static TheoryData<Exception, string> Refusals => new()
    {
        { Refusal("NoSuchBucket", 404), "There is no bucket results at store.example." },
        { Refusal("AccessControlListNotSupported", 400), "Bucket results takes no access lists: set the S3 access list to none." },
        { Refusal("AccessDenied", 403), "The keys may not write to bucket results at store.example, or not with the access list public-read (AccessDenied)." },
        { Refusal("PermanentRedirect", 301), "Bucket results belongs to another region than store.example: give the endpoint of its region. what the store said" },
        { Refusal("SlowDown", 503), "what the store said (503 SlowDown)" },
        { new TimeoutException("whatever"), "store.example did not answer in time." },
        { new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), "store.example cannot be reached: Connection refused." },
        {
            new HttpRequestException("x", new AuthenticationException("y")),
            "The certificate of store.example is not trusted. If the store signed it itself, let the node ignore certificates."
        },
        { new AmazonClientException("no role"), "The node has no usable keys for store.example, or its request cannot be made: no role" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_the_store_did_is_told_in_words(Exception exception, string words)
    {
        Assert.True(StoreErrors.IsOfStore(exception));
        Assert.Equal(words, StoreErrors.Describe(exception, Settings));
    }

    [Fact]
    public void The_disk_of_this_machine_and_a_cancel_are_not_the_stores_doing()
    {
        Assert.False(StoreErrors.IsOfStore(new FileNotFoundException()));
        Assert.False(StoreErrors.IsOfStore(new EndOfStreamException()));
        Assert.False(StoreErrors.IsOfStore(new OperationCanceledException()));
    }

    private static AmazonS3Exception Refusal(string code, int status) =>
        new("what the store said", ErrorType.Sender, code, "request", (HttpStatusCode)status);
}
