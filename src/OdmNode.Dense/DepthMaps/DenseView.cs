using OdmNode.Geometry.Transforms;
using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>An undistorted photo at the resolution of its depth map.</summary>
/// <param name="ImageName">File name of the photo.</param>
/// <param name="Camera">Frame of the picture.</param>
/// <param name="CameraFromWorld">Where the photo was taken.</param>
/// <param name="Picture">1 channel (grey) or 3 (red, green, blue), of the camera's size; pixels outside the photo are 0 in
/// every channel and no pixel inside it is.</param>
public sealed record DenseView(string ImageName, PinholeCamera Camera, RigidTransform CameraFromWorld, ImageBuffer Picture);
