using System.Net;
using OdmNode.Tasks.Outbound;

namespace OdmNode.UnitTests.Tasks.Outbound;

public sealed class AddressPolicyTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("fe80::1")]
    [InlineData("febf:ffff::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("100.100.100.200")]
    [InlineData("::ffff:100.100.100.200")]
    public void Addresses_where_clouds_hand_out_credentials_are_refused_however_they_are_written(string address) =>
        Assert.False(AddressPolicy.Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.7")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.20")]
    [InlineData("::ffff:192.168.1.20")]
    [InlineData("fd12:3456::1")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("203.0.113.9")]
    [InlineData("2001:db8::1")]
    public void All_others_are_allowed(string address) => Assert.True(AddressPolicy.Allows(IPAddress.Parse(address)));
}
