namespace OdmNode.Engine;

/// <summary>The version of this program.</summary>
public static class ProductVersion
{
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetName().Version is { } version
        ? version.ToString(3)
        : throw new InvalidOperationException("The assembly has no version.");
}
