namespace OdmNode.ConformanceTests.Clients;

/// <summary>What a client makes of an <c>error</c> in an answer; PyODM calls it NodeResponseError.</summary>
internal sealed class NodeRefusalException(string message) : Exception(message);
