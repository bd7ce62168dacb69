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
        (LensModel.Spherical, "spherical", "equirectangular picture of the whole sphere"),
        (LensModel.Dual, "dual", "between perspective and equidistant fisheye"),
    ];

    /// <summary>The name of a model.</summary>
    public static string Of(LensModel model) => Array.Find(Names, entry => entry.Model == model).Name;

    /// <summary>A model in words.</summary>
    public static string Describe(LensModel model) => Array.Find(Names, entry => entry.Model == model).Words;

    /// <summary>The model of a name, <c>equirectangular</c> being the same as <c>spherical</c>; null for one that is none, such as <c>auto</c>.</summary>
    public static LensModel? Find(string? name)
    {
        int index = Array.FindIndex(Names, entry => entry.Name == (name == "equirectangular" ? "spherical" : name));
        return index < 0 ? null : Names[index].Model;
    }
}
