using OdmNode.Core.Errors;

namespace OdmNode.Verbs;

/// <summary>Turns expected failures into one line on standard error and an exit code.</summary>
internal static class VerbErrors
{
    /// <summary>Exit code of a verb that was stopped by the user.</summary>
    public const int Canceled = 130;

    public static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (OdmException exception)
        {
            await Console.Error.WriteLineAsync($"ERROR: {exception.Message}");
            return 1;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"ERROR: {exception.Message}");
            return 1;
        }
    }
}
