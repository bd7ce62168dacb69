using OdmNode.Engine.Assets;
using OdmNode.Geometry.Cameras;
using OdmNode.Imaging.Metadata;

namespace OdmNode.Engine.Stages;

/// <summary>With which lens model each photo is described.</summary>
internal sealed class LensChoice
{
    private readonly LensModel? forced;
    private readonly IReadOnlyDictionary<string, Camera> calibrated;

    /// <param name="option">Option <c>camera-lens</c>.</param>
    /// <param name="calibrated">Lenses of the option <c>cameras</c> by id.</param>
    public LensChoice(string option, IReadOnlyDictionary<string, Camera> calibrated)
    {
        forced = LensNames.Find(option);
        this.calibrated = calibrated;
    }

    /// <summary>What the option forces; else the model that the photo is calibrated with, a panorama or a fisheye where the photo says so, and Brown's.</summary>
    public LensModel Of(PhotoMetadata photo)
    {
        if (forced is { } model)
        {
            return model;
        }

        LensModel told = photo.IsPanorama ? LensModel.Spherical : photo.IsFisheye ? LensModel.FisheyeOpenCv : LensModel.Brown;
        LensModel[] candidates = [told, .. Enum.GetValues<LensModel>()];
        int known = Array.FindIndex(
            candidates, candidate => calibrated.TryGetValue(KeyOf(photo, candidate), out Camera? camera) && camera.Model == candidate);
        return known < 0 ? told : candidates[known];
    }

    /// <summary>The id of a photo's camera.</summary>
    public static string KeyOf(PhotoMetadata photo, LensModel lens) => CameraKey.Of(photo, LensNames.Of(lens));
}
