using System.Text.RegularExpressions;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.HostileInput;

/// <summary>A daemon that is sent what no client sends, and what must be true of it afterwards.</summary>
public sealed partial class HostileNode() : SharedNode("-q", "4")
{
    /// <summary>The most memory that any of these inputs may make the process resident in.</summary>
    public const long MemoryLimit = 512L << 20;

    /// <summary>
    /// The daemon answers, has stayed within its memory, has written nothing outside its own places, and no request has
    /// ended in an error that nobody foresaw: those are the ones the log tells with a stack.
    /// </summary>
    public async Task AssertUnharmedAsync()
    {
        Assert.Equal("2.2.4", (await Node.GetAsync("/info")).GetProperty("version").GetString());
        Assert.InRange(Node.Memory("VmHWM"), 0, MemoryLimit);
        Assert.Equal(["data"], Directory.GetFileSystemEntries(Surroundings).Select(path => Path.GetFileName(path)));
        Assert.All(Directory.GetFileSystemEntries(Node.Data), path => Assert.Matches(OwnPattern(), Path.GetFileName(path)));
        var failures = Node.Log.Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)).ToList();
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [GeneratedRegex(@"^(odmnode\.db(-wal|-shm)?|\.odmnode\.lock|tmp|webodm|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(\.old-\d+)?)$")]
    private static partial Regex OwnPattern();
}
