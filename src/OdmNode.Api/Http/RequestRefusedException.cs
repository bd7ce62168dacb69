namespace OdmNode.Api.Http;

/// <summary>A request that is answered with an error text and status 200.</summary>
internal sealed class RequestRefusedException(string message, bool noRetry = false) : Exception(message)
{
    /// <summary>True when the client should not try again.</summary>
    public bool NoRetry { get; } = noRetry;
}
