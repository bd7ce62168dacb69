namespace OdmNode.Native.Kernels;

/// <summary>How a bundle adjustment went.</summary>
/// <param name="InitialCost">Half the sum of squared, weighted, robust residuals at the start.</param>
/// <param name="FinalCost">The same at the end.</param>
/// <param name="Iterations">Steps tried.</param>
/// <param name="Converged">False when the iterations ran out first.</param>
/// <param name="IsUsable">False when no step with a finite cost was found; the arrays are then as given.</param>
public readonly record struct BundleSummary(
    double InitialCost, double FinalCost, int Iterations, bool Converged, bool IsUsable);
