namespace OdmNode.WebOdm.Nodes;

/// <summary>A node as it was registered.</summary>
/// <param name="Id">1 for this node; never used again.</param>
/// <param name="Hostname">Where it answers; empty for this node, which is where the client found it.</param>
/// <param name="Port">Where it answers; 443 means https.</param>
/// <param name="Label">Given by the administrator; may be empty.</param>
/// <param name="Token">The node's secret; never shown.</param>
public sealed record NodeRecord(long Id, string Hostname, int Port, string Label, string Token);
