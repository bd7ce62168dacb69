using OdmNode.Tasks.ObjectStore;

namespace OdmNode.UnitTests.Tasks.ObjectStore;

public sealed class S3SettingsTests
{
    private static readonly S3Settings Good = new() { Endpoint = "s3.eu-central-1.amazonaws.com", Bucket = "results" };

    [Fact]
    public void Endpoint_and_bucket_are_enough() => Assert.Empty(Good.Validate());

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var problems = new S3Settings
        {
            Endpoint = "ftp://store", Bucket = "a/b", AccessKey = "key", SignatureVersion = "2", Acl = "public",
        }.Validate();

        Assert.Equal(5, problems.Count);
        Assert.Contains("not 'ftp://store'", problems[0], StringComparison.Ordinal);
        Assert.Contains("not 'a/b'", problems[1], StringComparison.Ordinal);
        Assert.Contains("belong together", problems[2], StringComparison.Ordinal);
        Assert.Contains("version 2 is no longer supported", problems[3], StringComparison.Ordinal);
        Assert.Contains("one of private, public-read,", problems[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:9000", true)]
    [InlineData("http://127.0.0.1:9000", true)]
    [InlineData("https://store.example:8443/", true)]
    [InlineData("[::1]:9000", true)]
    [InlineData("", false)]
    [InlineData("store/bucket", false)]
    [InlineData("https://key:secret@store", false)]
    [InlineData("https://store?x=1", false)]
    [InlineData("store:99999", false)]
    [InlineData("two words", false)]
    public void An_endpoint_is_a_host_or_an_address_without_a_path(string endpoint, bool isGood) =>
        Assert.Equal(isGood, (Good with { Endpoint = endpoint }).Validate().Count == 0);

    [Theory]
    [InlineData("4", true)]
    [InlineData("v4", true)]
    [InlineData("v2", false)]
    [InlineData("", false)]
    public void Only_the_fourth_signature_is_left(string version, bool isGood) =>
        Assert.Equal(isGood, (Good with { SignatureVersion = version }).Validate().Count == 0);

    [Theory]
    [InlineData("none", true)]
    [InlineData("bucket-owner-full-control", true)]
    [InlineData("Public-Read", false)]
    [InlineData("", false)]
    public void An_access_list_is_one_that_S3_has_a_name_for(string acl, bool isGood) =>
        Assert.Equal(isGood, (Good with { Acl = acl }).Validate().Count == 0);

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("", "", true)]
    [InlineData("key", "secret", true)]
    [InlineData("key", null, false)]
    [InlineData(null, "secret", false)]
    public void Keys_come_in_pairs(string? accessKey, string? secretKey, bool isGood) =>
        Assert.Equal(isGood, (Good with { AccessKey = accessKey, SecretKey = secretKey }).Validate().Count == 0);

    [Fact]
    public void The_text_of_the_settings_holds_no_secret()
    {
        var text = (Good with { AccessKey = "AKIA123", SecretKey = "hunter2" }).ToString();

        Assert.Equal("bucket results at s3.eu-central-1.amazonaws.com", text);
    }
}
