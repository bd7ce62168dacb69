namespace OdmNode.Scene.Model;

/// <summary>A tie point seen in a photo.</summary>
/// <param name="Shot">Index into <see cref="Reconstruction.Shots"/>.</param>
/// <param name="Feature">Index of the keypoint in that photo's feature set.</param>
/// <param name="X">Full-size pixels, top-left corner of the photo is 0.</param>
/// <param name="Y">Full-size pixels.</param>
/// <param name="Scale">Size of the keypoint, full-size pixels; its localisation error grows with it.</param>
public readonly record struct Observation(int Shot, int Feature, float X, float Y, float Scale);
