using System.Globalization;
using OdmNode.Tasks.Output;
using OdmNode.Testing.Files;

namespace OdmNode.UnitTests.Tasks;

public sealed class ConsoleLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_are_read_from_any_number_and_from_the_end()
    {
        using var log = Filled("a", "", "  c", "ü");

        Assert.Equal(["a", "", "  c", "ü"], log.Read(0));
        Assert.Equal(["  c", "ü"], log.Read(2));
        Assert.Equal(["ü"], log.Read(-1));
        Assert.Equal(["a", "", "  c", "ü"], log.Read(-9));
        Assert.Empty(log.Read(4));
        Assert.Empty(log.Read(long.MaxValue));
    }

    [Fact]
    public void A_new_daemon_reads_the_same_numbers()
    {
        using (Filled("a", "b"))
        {
        }

        using var log = Filled("c");
        Assert.Equal(["a", "b", "c"], log.Read(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(24)]
    public void An_index_that_was_cut_off_is_made_again(int length)
    {
        using (Filled("one", "two", "three"))
        {
        }

        using (var index = File.OpenWrite(_folder.PathOf("console.log.idx")))
        {
            index.SetLength(length);
        }

        using var log = Filled("four");
        Assert.Equal(["one", "two", "three", "four"], log.Read(0));
    }

    [Fact]
    public void A_line_that_was_cut_off_does_not_count()
    {
        using (Filled("one", "two"))
        {
        }

        using (var text = File.OpenWrite(_folder.PathOf("console.log")))
        {
            text.SetLength(6);
        }

        using var log = Filled("three");
        Assert.Equal(["one", "three"], log.Read(0));
        Assert.Equal("one\nthree\n", File.ReadAllText(log.TextPath));
    }

    [Fact]
    public void The_word_error_alone_is_altered_and_line_ends_cannot_get_in()
    {
        using var log = Filled("error", "Error", "a\nb");

        Assert.Equal(["error:", "Error", "a b"], log.Read(0));
    }

    [Fact]
    public void A_new_run_begins_at_zero()
    {
        using var log = Filled("old");
        log.Clear();
        Assert.Empty(log.Read(0));
        log.Append("new");

        Assert.Equal(["new"], log.Read(0));
    }

    [Fact]
    public async Task Who_reads_while_a_new_run_begins_gets_the_lines_of_one_run()
    {
        using var log = Filled();
        using var end = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            for (var run = 0; run < 500; run++)
            {
                log.Clear();
                for (var line = 0; line < 1 + (run % 4); line++)
                {
                    log.Append($"{run} {line}");
                }
            }

            end.Cancel();
        });
        while (!end.IsCancellationRequested)
        {
            var lines = log.Read(0);
            Assert.True(lines.Select(line => line.Split(' ')[0]).Distinct().Count() < 2, string.Join(" | ", lines));
            Assert.Equal(lines.Select((_, number) => number), lines.Select(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)));
        }

        await writing;
    }

    [Fact]
    public void A_console_whose_folder_is_still_to_come_can_be_emptied()
    {
        using var log = new ConsoleLog(_folder.PathOf("later"));
        log.Clear();
        log.Append("first");
        Assert.Equal(["first"], log.Read(0));
    }

    [Fact]
    public void A_console_whose_folder_has_gone_has_no_lines()
    {
        using var log = Filled("one");
        log.Close();
        Directory.Delete(_folder.Root, recursive: true);
        Assert.Empty(log.Read(0));
        Directory.CreateDirectory(_folder.Root);
    }

    private ConsoleLog Filled(params string[] lines)
    {
        var log = new ConsoleLog(_folder.Root);
        foreach (var line in lines)
        {
            log.Append(line);
        }

        return log;
    }
}
