using System.Text.Json;
using OdmNode.Core.Options;
using OdmNode.Tasks.Queue;

namespace OdmNode.UnitTests.Tasks;

public sealed class ConcurrencyLimitTests
{
    private static readonly OptionValue Crop = new("crop", JsonElement.Parse("2"));

    [Theory]
    [InlineData(8, 4, "max-concurrency=4")]
    [InlineData(3, 4, "max-concurrency=3")]
    [InlineData(8, null, "max-concurrency=8")]
    public void A_larger_value_becomes_the_limit(int given, int? limit, string expected)
    {
        var options = ConcurrencyLimit.Apply([new OptionValue("max-concurrency", JsonElement.Parse($"{given}")), Crop], limit, OptionCatalogue.BuiltIn);

        Assert.Equal([expected, "crop=2"], options.Select(option => option.ToString()));
    }

    [Fact]
    public void An_absent_option_is_added_where_the_engine_knows_it()
    {
        Assert.Equal(["crop=2", "max-concurrency=4"], ConcurrencyLimit.Apply([Crop], 4, OptionCatalogue.BuiltIn).Select(option => option.ToString()));
        Assert.Equal([Crop], ConcurrencyLimit.Apply([Crop], 4, new OptionCatalogue([])));
        Assert.Equal([Crop], ConcurrencyLimit.Apply([Crop], null, OptionCatalogue.BuiltIn));
    }
}
