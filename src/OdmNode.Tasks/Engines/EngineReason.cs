namespace OdmNode.Tasks.Engines;

/// <summary>Picks the reason of a failure out of the console: the last line that announces an error.</summary>
internal sealed class EngineReason
{
    private const int MaxLength = 500;
    private static readonly string[] Marks = ["ERROR: ", "[ERROR]"];

    private volatile string? _last;

    /// <summary>The reason so far; null when no error was announced.</summary>
    public string? Text => _last;

    /// <summary>Looks at one line.</summary>
    public void Observe(string line)
    {
        foreach (var mark in Marks)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
            {
                var reason = line[mark.Length..].Trim();
                _last = reason.Length == 0 ? _last : reason[..Math.Min(reason.Length, MaxLength)];
            }
        }
    }
}
