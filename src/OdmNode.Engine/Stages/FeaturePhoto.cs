namespace OdmNode.Engine.Stages;

/// <summary>A photo with features.</summary>
/// <param name="ImageName">File name.</param>
/// <param name="Features">How many.</param>
public sealed record FeaturePhoto(string ImageName, int Features);
