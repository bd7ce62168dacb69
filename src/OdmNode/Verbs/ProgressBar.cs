using System.Globalization;

namespace OdmNode.Verbs;

/// <summary>A bar with what is being done on the terminal; where output goes to a file, one line per stage and ten percent.</summary>
internal sealed class ProgressBar
{
    private const int Cells = 30;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TextWriter _writer;
    private readonly bool _isTerminal;
    private string _shown = string.Empty;
    private string _lastStage = string.Empty;
    private int _lastTenth = -1;

    /// <param name="time">The clock.</param>
    /// <param name="onError">Writes to standard error, which leaves standard output to what scripts read.</param>
    public ProgressBar(TimeProvider time, bool onError = false)
    {
        _time = time;
        _started = time.GetTimestamp();
        _writer = onError ? Console.Error : Console.Out;
        _isTerminal = onError ? !Console.IsErrorRedirected : !Console.IsOutputRedirected;
    }

    /// <summary>Shows a fraction between 0 and 1, what is being done, and details that change too often for a file.</summary>
    public void Show(string stage, double fraction, string detail = "")
    {
        lock (_gate)
        {
            fraction = Math.Clamp(fraction, 0, 1);
            var percent = (fraction * 100).ToString("0", CultureInfo.InvariantCulture).PadLeft(3);
            var what = detail.Length > 0 ? $"{stage}, {detail}" : stage;
            if (!_isTerminal)
            {
                var tenth = (int)(fraction * 10);
                if (stage != _lastStage || tenth != _lastTenth)
                {
                    _writer.WriteLine($"{percent} %  {Clock(_time.GetElapsedTime(_started))}  {what}");
                }

                (_lastStage, _lastTenth) = (stage, tenth);
                return;
            }

            var filled = (int)Math.Round(fraction * Cells);
            var bar = $"[{new string('#', filled)}{new string('.', Cells - filled)}]";
            var line = Fit($"{bar} {percent} %  {Clock(_time.GetElapsedTime(_started))}  {what}");
            _writer.Write("\r" + line.PadRight(_shown.Length));
            _shown = line;
        }
    }

    /// <summary>Writes a line above the bar.</summary>
    public void Print(string text)
    {
        lock (_gate)
        {
            Clear();
            _writer.WriteLine(text);
        }
    }

    /// <summary>Leaves the bar where it is and goes to the next line.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_shown.Length > 0)
            {
                _writer.WriteLine();
                _shown = string.Empty;
            }
        }
    }

    /// <summary>A time for people, such as <c>1:05</c> or <c>2:00:07</c>.</summary>
    public static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours < 1 ? @"m\:ss" : time.TotalDays < 1 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    // A line that wraps cannot be overwritten.
    private static string Fit(string line) =>
        Console.WindowWidth is > 1 and var width && line.Length >= width ? line[..(width - 1)] : line;

    private void Clear()
    {
        if (_shown.Length > 0)
        {
            _writer.Write("\r" + new string(' ', _shown.Length) + "\r");
            _shown = string.Empty;
        }
    }
}
