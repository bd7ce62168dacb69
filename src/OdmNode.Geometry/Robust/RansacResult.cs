namespace OdmNode.Geometry.Robust;

/// <summary>The best model of a search.</summary>
/// <param name="Found">False when no sample gave a model that even its own size of data fits.</param>
/// <param name="Model">Meaningful only if <paramref name="Found"/>.</param>
/// <param name="Inliers">Indices of the data that fit, ascending.</param>
/// <param name="Trials">Samples drawn.</param>
public sealed record RansacResult<TModel>(bool Found, TModel Model, int[] Inliers, int Trials)
    where TModel : struct;
