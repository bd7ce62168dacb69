namespace OdmNode.Features.Detection;

/// <summary>How large the picture is in which features are searched; ODM's <c>feature-quality</c>.</summary>
public enum FeatureQuality
{
    /// <summary>Full size.</summary>
    Ultra,

    /// <summary>Half the size; the default.</summary>
    High,

    /// <summary>A quarter.</summary>
    Medium,

    /// <summary>An eighth.</summary>
    Low,

    /// <summary>0.0675.</summary>
    Lowest,
}
