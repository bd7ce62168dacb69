namespace OdmNode.Engine.Report.Figures;

/// <summary>Heights as colours, lit from the north-west.</summary>
/// <param name="Map">The picture.</param>
/// <param name="Lowest">Metres; the height of the first colour.</param>
/// <param name="Highest">Metres; the height of the last colour.</param>
internal sealed record ReliefImage(MapImage Map, double Lowest, double Highest);
