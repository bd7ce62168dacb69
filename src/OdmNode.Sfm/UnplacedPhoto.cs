namespace OdmNode.Sfm;

/// <summary>A photo that the reconstruction could not place.</summary>
/// <param name="ImageName">File name with extension.</param>
/// <param name="Reason">A sentence for the user.</param>
public sealed record UnplacedPhoto(string ImageName, string Reason);
