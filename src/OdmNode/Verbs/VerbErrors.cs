using OdmNode.Client;
using OdmNode.Core.Errors;

namespace OdmNode.Verbs;

/// <summary>Turns expected failures into one line on standard error and an exit code.</summary>
internal static class VerbErrors
{
    /// <summary>Exit code of a verb that failed.</summary>
    public const int Failed = 1;

    /// <summary>Exit code of a verb that was stopped by the user.</summary>
    public const int Canceled = 130;

    public static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (NodeException exception) when (exception.Kind == NodeErrorKind.WrongToken)
        {
            return await TellAsync("The node refuses the token; give the right one with --token.");
        }
        catch (Exception exception) when (exception is OdmException or NodeException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await TellAsync(exception.Message);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
            return Canceled;
        }
    }

    private static async Task<int> TellAsync(string message)
    {
        await Console.Error.WriteLineAsync($"ERROR: {message}");
        return Failed;
    }
}
