using OdmNode.Client;

namespace OdmNode.UnitTests.Client;

public sealed class NodeAddressTests
{
    [Theory]
    [InlineData("localhost:3000", "http://localhost:3000/", null)]
    [InlineData("http://host", "http://host/", null)]
    [InlineData("http://host:443", "http://host:443/", null)]
    [InlineData("host:443", "https://host/", null)]
    [InlineData("https://host:8443/nodes/a/", "https://host:8443/nodes/a/", null)]
    [InlineData("http://host/nodes/a?x=1&token=a%26b#top", "http://host/nodes/a/", "a&b")]
    [InlineData("http://host/?token=", "http://host/", null)]
    public void An_address_is_read_as_people_write_it(string text, string root, string? token)
    {
        var address = NodeAddress.TryParse(text)!;
        Assert.Equal((root, token), (address.Root.AbsoluteUri, address.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://host")]
    [InlineData("http://")]
    [InlineData("a b")]
    public void Whatever_is_no_address_is_none(string text) => Assert.Null(NodeAddress.TryParse(text));
}
