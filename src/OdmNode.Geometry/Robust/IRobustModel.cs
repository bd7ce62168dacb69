namespace OdmNode.Geometry.Robust;

/// <summary>A model that can be fitted to few data and tested against each; <see cref="LoRansac"/> does the rest.</summary>
/// <typeparam name="TModel">What is estimated.</typeparam>
public interface IRobustModel<TModel>
    where TModel : struct
{
    /// <summary>Number of data.</summary>
    int Count { get; }

    /// <summary>Data that a minimal solution takes.</summary>
    int SampleSize { get; }

    /// <summary>Most solutions that a minimal sample can have.</summary>
    int MaximumSolutions { get; }

    /// <summary>Fits models to a minimal sample.</summary>
    /// <returns>How many entries of <paramref name="models"/> were filled; 0 for a degenerate sample.</returns>
    int Solve(ReadOnlySpan<int> sample, Span<TModel> models);

    /// <summary>Fits one model to many data by least squares, starting from one that roughly holds.</summary>
    /// <returns>False when the data do not determine a model.</returns>
    bool Refine(ReadOnlySpan<int> inliers, in TModel start, out TModel refined);

    /// <summary>Squared distance of one datum from a model, in the squared unit of the threshold.</summary>
    double SquaredError(in TModel model, int index);
}
