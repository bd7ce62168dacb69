using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OdmNode.UnitTests.Tasks.Serving;

/// <summary>Keeps what is logged, and lets a test wait for it.</summary>
internal sealed class RecordingLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _added = new(0);

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Returns when so many lines hold the text.</summary>
    public async Task WaitForAsync(string text, int count = 1)
    {
        while (_lines.Count(line => line.Contains(text, StringComparison.Ordinal)) < count)
        {
            Assert.True(await _added.WaitAsync(TimeSpan.FromSeconds(30)), $"Not logged {count} times: {text}. Logged: {string.Join(" | ", _lines)}");
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue(formatter(state, exception) + exception);
        _added.Release();
    }
}
