namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Factors that a photo's samples are multiplied with.</summary>
public readonly record struct ColorGain(float Red, float Green, float Blue)
{
    public static readonly ColorGain None = new(1, 1, 1);
}
