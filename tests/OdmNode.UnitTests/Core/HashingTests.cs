using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;

namespace OdmNode.UnitTests.Core;

public sealed class HashingTests
{
    [Fact]
    public void A_key_is_the_sha256_of_the_content()
    {
        byte[] content = Encoding.ASCII.GetBytes("abc");
        // FIPS 180-2, appendix B.1.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ContentKey.Of(content).Hex);
        using var stream = new MemoryStream(content);
        Assert.Equal(ContentKey.Of(content), ContentKey.Of(stream));
    }

    [Fact]
    public void A_text_that_is_no_hash_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ContentKey(new string('A', 64)));

    [Fact]
    public void Parts_cannot_be_shifted_into_each_other()
    {
        using var builder = new KeyBuilder();
        ContentKey first = builder.Add("ab").Add("c").ToKey();
        ContentKey second = builder.Add("a").Add("bc").ToKey();
        ContentKey third = builder.Add("ab").Add("c").ToKey();
        Assert.NotEqual(first, second);
        Assert.Equal(first, third);
        byte[] layout = [2, 0, 0, 0, 0, 0, 0, 0, (byte)'a', (byte)'b', 1, 0, 0, 0, 0, 0, 0, 0, (byte)'c'];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(layout)), first.Hex);
    }

    [Theory]
    [InlineData("""{"b": 1.0, "a": [1e1, "ä/<", null]}""", """{"a":[10,"ä/<",null],"b":1}""")]
    [InlineData("0.10", "0.1")]
    [InlineData("5.00", "5")]
    [InlineData("1e300", "1E+300")]
    [InlineData("{\"x\":{\"z\":false,\"y\":true}}", "{\"x\":{\"y\":true,\"z\":false}}")]
    public void One_value_has_one_text(string json, string canonical)
    {
        Assert.Equal(canonical, CanonicalJson.Of(JsonNode.Parse(json)));
        Assert.Equal(canonical, CanonicalJson.Of(JsonNode.Parse(canonical)));
    }

    [Fact]
    public void Every_stage_belongs_to_a_public_one_in_the_same_order()
    {
        Assert.Equal(["read-metadata"], StageNames.UpTo("dataset"));
        Assert.Equal(StageNames.All, StageNames.UpTo("odm_postprocess"));
        Assert.Equal(StageNames.All, StageNames.From("dataset"));
        Assert.Equal(["write-report", "package-assets"], StageNames.From("odm_report"));
        foreach (string name in StageNames.PublicNames)
        {
            Assert.Equal(StageNames.All.Where(stage => StageNames.PublicNameOf(stage) == name), StageNames.UpTo(name).Intersect(StageNames.From(name)));
        }
    }
}
