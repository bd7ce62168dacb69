namespace OdmNode.Features.Matching;

/// <summary>What descriptors alone pair up, in two degrees of certainty.</summary>
/// <param name="Distinct">2n indices (in A, in B), sorted by the index in A: few enough are wrong for a geometry to be searched among them.</param>
/// <param name="Loose">2m indices, likewise: all of <paramref name="Distinct"/> and many more, most of them wrong. A geometry that is known already tells them apart.</param>
public sealed record PutativeMatches(int[] Distinct, int[] Loose);
