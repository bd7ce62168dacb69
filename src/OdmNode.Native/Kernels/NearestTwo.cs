namespace OdmNode.Native.Kernels;

/// <summary>For each of n descriptors the nearest of another set, and how far the two nearest are.</summary>
/// <param name="Index">n indices into the other set; −1 when it is empty.</param>
/// <param name="Best">n squared distances to the nearest; <see cref="int.MaxValue"/> when there is none.</param>
/// <param name="Second">n squared distances to the second nearest; <see cref="int.MaxValue"/> when there is none.</param>
public sealed record NearestTwo(int[] Index, int[] Best, int[] Second);
