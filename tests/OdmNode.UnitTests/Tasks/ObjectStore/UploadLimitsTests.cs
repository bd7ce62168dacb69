using OdmNode.Tasks.ObjectStore;

namespace OdmNode.UnitTests.Tasks.ObjectStore;

public sealed class UploadLimitsTests
{
    private const long Mebibyte = 1 << 20;
    private const long Gibibyte = 1 << 30;
    private const long Tebibyte = 1024 * Gibibyte;

    private readonly UploadLimits _limits = new();

    [Theory]
    [InlineData(0)]
    [InlineData(Gibibyte)]
    [InlineData(900 * Gibibyte)]
    public void With_memory_to_spare_parts_are_as_large_as_they_may_be(long fileBytes) =>
        Assert.Equal(100 * Mebibyte, _limits.PartSize(fileBytes, 64 * Gibibyte));

    [Fact]
    public void Sixteen_parts_under_way_take_half_of_the_memory_at_most() =>
        Assert.Equal(32 * Mebibyte, _limits.PartSize(10 * Gibibyte, Gibibyte));

    [Theory]
    [InlineData(0)]
    [InlineData(50 * Mebibyte)]
    public void Without_memory_parts_are_as_small_as_stores_accept(long availableBytes) =>
        Assert.Equal(5 * Mebibyte, _limits.PartSize(10 * Gibibyte, availableBytes));

    [Theory]
    [InlineData(Tebibyte, 64 * Gibibyte)]
    [InlineData(5 * Tebibyte, 64 * Gibibyte)]
    [InlineData((5 * Tebibyte) - 1, 0)]
    [InlineData((50_000 * Mebibyte) + 1, 0)]
    public void A_file_never_needs_more_parts_than_a_store_takes(long fileBytes, long availableBytes)
    {
        var part = _limits.PartSize(fileBytes, availableBytes);

        Assert.InRange((fileBytes + part - 1) / part, 1, 10_000);
        Assert.InRange(part, 5 * Mebibyte, 5 * Gibibyte);
    }
}
