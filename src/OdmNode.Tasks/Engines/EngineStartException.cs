namespace OdmNode.Tasks.Engines;

/// <summary>The engine's program could not be started.</summary>
internal sealed class EngineStartException(string reason, Exception? innerException)
    : Exception($"Could not start process ({reason})", innerException);
