using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Testing.Surveys;

/// <summary>The truth about one photo, and what its EXIF claims.</summary>
/// <param name="ImageName">File name with extension.</param>
/// <param name="CameraFromWorld">True, at the middle row; the world is the survey's local east-north-up frame, metres.</param>
/// <param name="ExifPosition">The true place plus GPS noise; written even to the last digit EXIF can hold.</param>
/// <param name="YawDegrees">True, clockwise from north to the top of the photo.</param>
/// <param name="PitchDegrees">True, 0 straight down, positive towards the top of the photo.</param>
/// <param name="Exposure">Factor on all light.</param>
/// <param name="Time">On the camera's clock.</param>
/// <param name="Seed">Of the photo's own noise.</param>
public sealed record SyntheticPhoto(
    string ImageName,
    RigidTransform CameraFromWorld,
    GeodeticPosition ExifPosition,
    double YawDegrees,
    double PitchDegrees,
    double Exposure,
    DateTime Time,
    uint Seed)
{
    /// <summary>Speed over the ground, east, north, up, metres a second; zero for a photo taken at rest.</summary>
    public Vector3D Velocity { get; init; }
}
