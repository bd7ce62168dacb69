using System.Globalization;

namespace OdmNode.Verbs;

/// <summary>A bar with the current stage on the terminal; where output goes to a file, one line per stage and ten percent.</summary>
internal sealed class ProgressBar(TimeProvider time)
{
    private const int Cells = 30;

    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();
    private string _shown = string.Empty;
    private string _lastStage = string.Empty;
    private int _lastTenth = -1;

    /// <summary>Shows a fraction between 0 and 1 and what is being done.</summary>
    public void Show(string stage, double fraction)
    {
        lock (_gate)
        {
            fraction = Math.Clamp(fraction, 0, 1);
            var percent = (fraction * 100).ToString("0", CultureInfo.InvariantCulture).PadLeft(3);
            var elapsed = time.GetElapsedTime(_started).ToString(@"m\:ss", CultureInfo.InvariantCulture);
            if (Console.IsOutputRedirected)
            {
                var tenth = (int)(fraction * 10);
                if (stage != _lastStage || tenth != _lastTenth)
                {
                    Console.WriteLine($"{percent} %  {elapsed}  {stage}");
                }

                (_lastStage, _lastTenth) = (stage, tenth);
                return;
            }

            var filled = (int)Math.Round(fraction * Cells);
            var line = $"[{new string('#', filled)}{new string('.', Cells - filled)}] {percent} %  {elapsed}  {stage}";
            Console.Write("\r" + line.PadRight(_shown.Length));
            _shown = line;
        }
    }

    /// <summary>Writes a line above the bar.</summary>
    public void Print(string text)
    {
        lock (_gate)
        {
            Clear();
            Console.WriteLine(text);
        }
    }

    /// <summary>Leaves the bar where it is and goes to the next line.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_shown.Length > 0)
            {
                Console.WriteLine();
                _shown = string.Empty;
            }
        }
    }

    private void Clear()
    {
        if (_shown.Length > 0)
        {
            Console.Write("\r" + new string(' ', _shown.Length) + "\r");
            _shown = string.Empty;
        }
    }
}
