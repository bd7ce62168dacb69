namespace OdmNode.Geometry.Cameras;

/// <summary>The lens models that a photo may be described with; OpenSfM's and ODM's set.</summary>
public enum LensModel
{
    /// <summary>Focal length, k1 and k2; the axis meets the picture in its middle.</summary>
    Perspective,

    /// <summary>Focal lengths, principal point, radial k1, k2, k3 and tangential p1, p2.</summary>
    Brown,

    /// <summary>Equidistant: one focal length, k1 and k2 of the angle off axis; the axis in the middle.</summary>
    Fisheye,

    /// <summary>Equidistant: focal lengths, principal point and k1 to k4, as OpenCV's module fisheye has it.</summary>
    FisheyeOpenCv,

    /// <summary>Between perspective and fisheye: one focal length, k1, k2 and the transition; the axis in the middle.</summary>
    Dual,

    /// <summary>The whole sphere, equirectangular; nothing to estimate.</summary>
    Spherical,
}
