using OdmNode.Geometry.Transforms;

namespace OdmNode.Scene.Model;

/// <summary>A photo whose place is known.</summary>
/// <param name="ImageName">File name with extension.</param>
/// <param name="CameraId">Key into <see cref="Reconstruction.Cameras"/>.</param>
/// <param name="CameraFromWorld">World is local east-north-up metres when the survey is georeferenced, else scene units.</param>
public sealed record Shot(string ImageName, string CameraId, RigidTransform CameraFromWorld);
