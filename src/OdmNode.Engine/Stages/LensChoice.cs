using OdmNode.Core.Errors;
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
    /// <exception cref="OdmException">The option names a panorama.</exception>
    public LensChoice(string option, IReadOnlyDictionary<string, Camera> calibrated)
    {
        if (LensNames.IsPanorama(option))
        {
            throw new OdmException(
                ErrorKind.BadInput,
                $"camera-lens={option} cannot be processed: this version has no model for pictures of the whole sphere. "
                + "Cut the panoramas into perspective views, or leave them out.");
        }

        forced = LensNames.Find(option);
        this.calibrated = calibrated;
    }

    /// <summary>What the option forces; else the model that the photo is calibrated with, a fisheye where the photo says so, and Brown's.</summary>
    public LensModel Of(PhotoMetadata photo)
    {
        if (forced is { } model)
        {
            return model;
        }

        LensModel told = photo.IsFisheye ? LensModel.FisheyeOpenCv : LensModel.Brown;
        LensModel[] candidates = [told, .. Enum.GetValues<LensModel>()];
        int known = Array.FindIndex(
            candidates, candidate => calibrated.TryGetValue(KeyOf(photo, candidate), out Camera? camera) && camera.Model == candidate);
        return known < 0 ? told : candidates[known];
    }

    /// <summary>True for a panorama, unless the option says that the photos are something else.</summary>
    public bool LeavesOut(PhotoMetadata photo) => forced is null && photo.IsPanorama;

    /// <summary>The id of a photo's camera.</summary>
    public static string KeyOf(PhotoMetadata photo, LensModel lens) => CameraKey.Of(photo, LensNames.Of(lens));
}
