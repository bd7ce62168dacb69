using System.Text.Json.Nodes;
using OdmNode.Imaging.Metadata;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's image database: one object per usable photo.</summary>
public static class ImagesJson
{
    public static JsonArray Of(IEnumerable<PhotoMetadata> photos)
    {
        ArgumentNullException.ThrowIfNull(photos);
        return new JsonArray([.. photos.Select(photo => new JsonObject
        {
            ["filename"] = photo.ImageName,
            ["width"] = photo.Width,
            ["height"] = photo.Height,
            ["camera_make"] = photo.Make ?? "",
            ["camera_model"] = photo.Model ?? "",
            ["latitude"] = photo.Latitude,
            ["longitude"] = photo.Longitude,
            ["altitude"] = photo.Altitude,
            ["band_name"] = "RGB",
            ["band_index"] = 0,
            ["gps_xy_stddev"] = photo.HorizontalAccuracy,
            ["gps_z_stddev"] = photo.VerticalAccuracy,
            ["yaw"] = photo.Yaw,
            ["pitch"] = photo.Pitch,
            ["roll"] = photo.Roll,
            ["utc_time"] = photo.CaptureTime * 1000,
            ["orientation"] = photo.Orientation,
            ["exposure_time"] = photo.ExposureTime,
            ["fnumber"] = photo.FNumber,
            ["iso_speed"] = photo.IsoSpeed,
        })]);
    }
}
