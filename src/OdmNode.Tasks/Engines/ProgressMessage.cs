using System.Globalization;
using OdmNode.Core.Identity;

namespace OdmNode.Tasks.Engines;

/// <summary>Reads the datagrams of engines.</summary>
/// <remarks>
/// Every ODM-compatible engine sends <c>PGUP/pid/task id/percent</c>; the built-in one also
/// <c>STEP/pid/task id/stage/step/units done/units planned/fraction/fraction kept from before</c>.
/// </remarks>
public static class ProgressMessage
{
    private const int PercentFields = 4;
    private const int StepFields = 9;
    private const int MaxNameLength = 64;

    /// <returns>False for anything that is not a percentage.</returns>
    public static bool TryParsePercent(string text, out TaskId id, out double percent)
    {
        id = default;
        percent = 0;
        var fields = text.Split('/');
        return fields.Length == PercentFields
            && fields[0] == "PGUP"
            && TaskId.TryParse(fields[2], out id)
            && TryNumber(fields[3], out percent);
    }

    /// <returns>False for anything that is not a report of a step.</returns>
    public static bool TryParseReport(string text, out TaskId id, out EngineReport report)
    {
        id = default;
        report = new EngineReport(string.Empty, string.Empty, 0, 0, 0, 0);
        var fields = text.Split('/');
        if (fields.Length != StepFields
            || fields[0] != "STEP"
            || !TaskId.TryParse(fields[2], out id)
            || !IsName(fields[3])
            || !IsName(fields[4])
            || !TryCount(fields[5], out var done)
            || !TryCount(fields[6], out var planned)
            || !TryNumber(fields[7], out var fraction)
            || !TryNumber(fields[8], out var kept))
        {
            return false;
        }

        report = new EngineReport(fields[3], fields[4], done, planned, Math.Clamp(fraction, 0, 1), Math.Clamp(kept, 0, 1));
        return true;
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text.AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
