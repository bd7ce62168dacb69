using System.Globalization;

namespace OdmNode.Tasks.Queue;

/// <summary>Names of tasks whose client gave none.</summary>
internal static class TaskNames
{
    /// <summary><c>Task of 2026-11-23T19:04:28.798Z</c>.</summary>
    public static string Default(DateTimeOffset now) =>
        "Task of " + now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
