using OdmNode.Geometry.Cameras;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's names of the lens models: values of the option <c>camera-lens</c> and of <c>projection_type</c> in cameras.json.</summary>
public static class LensNames
{
    private static readonly (LensModel Model, string Name, string Words)[] Names =
    [
        (LensModel.Perspective, "perspective", "perspective with two radial terms"),
        (LensModel.Brown, "brown", "Brown's distortion"),
        (LensModel.Fisheye, "fisheye", "equidistant fisheye with two radial terms"),
        (LensModel.FisheyeOpenCv, "fisheye_opencv", "equidistant fisheye with four radial terms"),
        (LensModel.Dual, "dual", "between perspective and equidistant fisheye"),
    ];

    /// <summary>The name of a model.</summary>
    public static string Of(LensModel model) => Array.Find(Names, entry => entry.Model == model).Name;

    /// <summary>A model in words.</summary>
    public static string Describe(LensModel model) => Array.Find(Names, entry => entry.Model == model).Words;

    /// <summary>The model of a name; null for one that is none of ours, such as <c>auto</c> and the panoramas <c>spherical</c> and <c>equirectangular</c>.</summary>
    public static LensModel? Find(string? name) => Array.FindIndex(Names, entry => entry.Name == name) is >= 0 and int i ? Names[i].Model : null;

    /// <summary>True for a picture of the whole sphere.</summary>
    public static bool IsPanorama(string name) => name is "spherical" or "equirectangular";
}
