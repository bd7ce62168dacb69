using System.Text.Json.Serialization;
using OdmNode.Geometry.Cameras;
using OdmNode.Imaging.Metadata;

namespace OdmNode.Engine.Stages;

/// <summary>What reading the header of one file gave: metadata, or why there is none.</summary>
/// <param name="FileName">Name in the folder <c>images</c>.</param>
/// <param name="ContentKey">SHA-256 of the file, hexadecimal.</param>
/// <param name="Metadata">Null for a file that cannot be used.</param>
/// <param name="Problem">A sentence for the user; null for a usable photo.</param>
public sealed record PhotoRecord(string FileName, string ContentKey, PhotoMetadata? Metadata, string? Problem)
{
    /// <summary>The model that the photo's lens is described with.</summary>
    public LensModel Lens { get; init; } = LensModel.Brown;

    /// <summary>Under which the photos of one lens are calibrated together; of a usable photo.</summary>
    [JsonIgnore]
    public string CameraId => LensChoice.KeyOf(Metadata!, Lens);
}
