namespace OdmNode.Tasks.Engines;

/// <summary>How an engine run ended.</summary>
/// <param name="ExitCode">0 only if all was made; 128 + n for a process ended by signal n.</param>
/// <param name="Reason">The engine's own last error line; null when it gave none.</param>
public sealed record EngineOutcome(int ExitCode, string? Reason)
{
    /// <summary>What the client reads: the protocol's text for the exit code, followed by the engine's reason.</summary>
    public string ErrorMessage
    {
        get
        {
            var text = ExitCode switch
            {
                1 or 134 or 139 => "Cannot process dataset",
                137 => "Not enough memory",
                132 => "Unsupported CPU",
                3 => "Installation issue",
                _ => $"Processing failed ({ExitCode})",
            };
            return Reason is null ? text : $"{text}: {Reason}";
        }
    }
}
