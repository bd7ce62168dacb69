namespace OdmNode.Tasks.Engines;

/// <summary>What the built-in engine says about how far it is.</summary>
/// <param name="Stage">ODM's name of the stage at work.</param>
/// <param name="Step">The engine's own name of it.</param>
/// <param name="UnitsDone">Units of the step that are there, those kept from before included.</param>
/// <param name="UnitsPlanned">All units of the step.</param>
/// <param name="Fraction">0 to 1 of the whole run.</param>
/// <param name="KeptFraction">The part of <paramref name="Fraction"/> that an earlier run had made.</param>
public sealed record EngineReport(string Stage, string Step, int UnitsDone, int UnitsPlanned, double Fraction, double KeptFraction);
