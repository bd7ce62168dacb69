namespace OdmNode.Dense.Texturing;

/// <summary>Connected faces that take their colours from one photo, and their rectangle in it.</summary>
/// <param name="View">Index of the photo, or <see cref="NoView"/>.</param>
/// <param name="Faces">In ascending order.</param>
/// <param name="Left">Of the rectangle in the full photo, pixels.</param>
/// <param name="Top">As <paramref name="Left"/>.</param>
/// <param name="Width">Without padding, pixels of the photo.</param>
/// <param name="Height">As <paramref name="Width"/>.</param>
public sealed record TextureChart(int View, int[] Faces, float Left, float Top, float Width, float Height)
{
    /// <summary>For a face that no photo sees and that takes its colour from around it.</summary>
    public const int NoView = -1;
}
