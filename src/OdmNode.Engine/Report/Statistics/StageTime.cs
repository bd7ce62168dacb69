namespace OdmNode.Engine.Report.Statistics;

/// <summary>How long a stage took when it was computed.</summary>
/// <param name="Name">Our name.</param>
/// <param name="PublicName">ODM's name of the stage that it belongs to.</param>
/// <param name="Seconds">Wall time.</param>
internal sealed record StageTime(string Name, string PublicName, double Seconds);
