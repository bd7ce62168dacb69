using OdmNode.Native.Memory;

namespace OdmNode.UnitTests.Native;

public class ManagedHeapTests
{
    private static readonly string[] Maps =
    [
        "55d0a0000000-55d0a0010000 r--p 00000000 fe:01 1234                       /usr/share/dotnet/dotnet",
        "7b0000000000-7b0000200000 rw-p 00000000 00:00 0 ",
        "7b0000200000-7b4000000000 ---p 00000000 00:00 0 ",
        "7b4000000000-7b4000001000 r--p 00000000 fe:01 99                         /lib/libc.so.6",
        "7b4000001000-7b4000002000 rw-p 00000000 00:00 0 ",
        "7b5000000000-7b5000001000 rw-p 00000000 00:00 0                          [stack]",
    ];

    [Theory]
    [InlineData(0x7b0000000000UL)]
    [InlineData(0x7b0000200000UL)]
    [InlineData(0x7b3fffffffffUL)]
    public void Neighbouring_mappings_without_a_file_are_one_range(ulong address) =>
        Assert.Equal((0x7b0000000000UL, 0x7b4000000000UL), ManagedHeap.RangeAround(Maps, address));

    [Theory]
    [InlineData(0x55d0a0000001UL)]
    [InlineData(0x7b4000000800UL)]
    [InlineData(0x7b5000000000UL)]
    [InlineData(0x7b4500000000UL)]
    public void An_address_in_a_file_a_named_mapping_or_a_hole_has_no_range(ulong address)
    {
        (ulong start, ulong end) = ManagedHeap.RangeAround(Maps, address);
        Assert.Equal(start, end);
    }

    [Fact]
    public void A_mapping_after_a_file_begins_a_range_of_its_own() =>
        Assert.Equal((0x7b4000001000UL, 0x7b4000002000UL), ManagedHeap.RangeAround(Maps, 0x7b4000001000));

    [Fact]
    public void Lines_of_another_form_are_passed_over() =>
        Assert.Equal((0UL, 0UL), ManagedHeap.RangeAround(["", "x", "1-2", "zz-10 rw-p 0 0 0"], 1));

    [Fact]
    public void The_heap_of_this_process_is_found() => Assert.True(!OperatingSystem.IsLinux() || ManagedHeap.PreferLargePages() > 0);
}
