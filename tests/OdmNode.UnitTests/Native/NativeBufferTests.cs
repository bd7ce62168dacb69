using OdmNode.Native.Memory;

namespace OdmNode.UnitTests.Native;

public sealed class NativeBufferTests
{
    [Fact]
    public void A_buffer_holds_what_is_written_to_it()
    {
        using var buffer = new NativeBuffer<ushort>(1001);
        buffer.Span.Fill(7);
        buffer.Span[1000] = 65535;
        Assert.Equal(1001, buffer.Span.Length);
        Assert.Equal(7, buffer.Span[0]);
        Assert.Equal(65535, buffer.Span[1000]);
    }

    [Fact]
    public void A_disposed_buffer_gives_no_span()
    {
        var buffer = new NativeBuffer<byte>(16);
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
    }

    [Fact]
    public void A_buffer_longer_than_a_span_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NativeBuffer<byte>(1L << 31));
}
