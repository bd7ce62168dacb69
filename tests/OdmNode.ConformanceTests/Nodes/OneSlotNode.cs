namespace OdmNode.ConformanceTests.Nodes;

/// <summary>A daemon that processes one task at a time, so that tasks queue.</summary>
public sealed class OneSlotNode() : SharedNode("-q", "1");
