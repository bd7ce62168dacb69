using System.Text;
using OdmNode.Tasks.Output;

namespace OdmNode.UnitTests.Tasks;

public sealed class ConsoleDecoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Lines_are_the_same_however_the_bytes_are_cut(int chunk)
    {
        var bytes = Encoding.UTF8.GetBytes("  indented\r\n\nGrüße 日本 🛩\n\x1b[31mred\x1b[0m\n10%\r20%\r30%\nlast");

        Assert.Equal(["  indented", "", "Grüße 日本 🛩", "red", "30%", "last"], Decode(bytes, chunk));
    }

    [Fact]
    public void Broken_characters_do_no_harm() => Assert.Equal(["a\ufffdb"], Decode([0x61, 0xff, 0x62, 0x0a], 1));

    [Fact]
    public void An_endless_line_is_cut() =>
        Assert.Equal(
            [ConsoleDecoder.MaxLineLength, ConsoleDecoder.MaxLineLength, 5],
            Decode(Encoding.ASCII.GetBytes(new string('x', (2 * ConsoleDecoder.MaxLineLength) + 5)), 4096).Select(line => line.Length));

    private static List<string> Decode(byte[] bytes, int chunk)
    {
        var lines = new List<string>();
        var decoder = new ConsoleDecoder(lines.Add);
        foreach (var piece in bytes.Chunk(chunk))
        {
            decoder.Write(piece);
        }

        decoder.Complete();
        return lines;
    }
}
