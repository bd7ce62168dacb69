namespace OdmNode.Pipeline.Running;

/// <summary>How far a run has come.</summary>
/// <param name="Fraction">0 to 1 of the whole run by the weights of its stages, never falling.</param>
/// <param name="KeptFraction">The part of <paramref name="Fraction"/> that was there from before: it says nothing about the speed of this run.</param>
/// <param name="Stage">The stage at work.</param>
/// <param name="UnitsDone">Units of that stage that are there, kept ones included.</param>
/// <param name="UnitsPlanned">All units of that stage.</param>
public readonly record struct RunProgress(double Fraction, double KeptFraction, string Stage, int UnitsDone, int UnitsPlanned);
