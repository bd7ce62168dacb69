using System.Text;
using System.Text.RegularExpressions;

namespace OdmNode.Tasks.Output;

/// <summary>Turns the bytes of a console stream into whole lines, however the bytes are cut into chunks.</summary>
/// <remarks>
/// Multi-byte characters are never torn, indentation and blank lines stay, colour sequences go. Of a line that
/// overwrote itself with carriage returns the last text counts. A line longer than <see cref="MaxLineLength"/> is cut,
/// so that a program without line ends cannot fill the memory.
/// </remarks>
public sealed partial class ConsoleDecoder
{
    /// <summary>Characters after which a line is ended by force.</summary>
    public const int MaxLineLength = 16 * 1024;

    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
    private readonly StringBuilder _line = new();
    private readonly Action<string> _emit;
    private readonly char[] _characters = new char[8 * 1024];

    /// <param name="emit">Receives each line, without its end.</param>
    public ConsoleDecoder(Action<string> emit) => _emit = emit;

    /// <summary>Takes the next bytes of the stream.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            _decoder.Convert(bytes, _characters, flush: false, out var used, out var count, out _);
            bytes = bytes[used..];
            Take(_characters.AsSpan(0, count));
        }
    }

    /// <summary>The stream has ended: a last line without line end is given out.</summary>
    public void Complete()
    {
        if (_line.Length > 0)
        {
            Emit();
        }
    }

    private void Take(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character == '\n')
            {
                Emit();
            }
            else
            {
                _line.Append(character);
                if (_line.Length >= MaxLineLength)
                {
                    Emit();
                }
            }
        }
    }

    private void Emit()
    {
        var line = _line.ToString();
        _line.Clear();
        line = line.Contains('\e', StringComparison.Ordinal) ? ColourPattern().Replace(line, string.Empty) : line;
        line = line.TrimEnd('\r');
        var overwritten = line.LastIndexOf('\r');
        _emit(overwritten < 0 ? line : line[(overwritten + 1)..]);
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex ColourPattern();
}
