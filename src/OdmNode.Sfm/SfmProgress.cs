namespace OdmNode.Sfm;

/// <summary>How far a reconstruction is.</summary>
/// <param name="Fraction">0 to 1, never falling.</param>
/// <param name="Message">A line for the user; null when only the fraction moved.</param>
public readonly record struct SfmProgress(double Fraction, string? Message);
