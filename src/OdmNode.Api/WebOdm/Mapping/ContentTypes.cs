using Microsoft.AspNetCore.StaticFiles;

namespace OdmNode.Api.WebOdm.Mapping;

/// <summary>What a file is, by its extension.</summary>
internal static class ContentTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider Known = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".zip"] = "application/zip",
        [".csv"] = "text/csv",
        [".txt"] = "text/plain; charset=utf-8",
        [".json"] = "application/json",
        [".geojson"] = "application/geo+json",
        [".pdf"] = "application/pdf",
        [".xml"] = "application/xml",
        [".glb"] = "model/gltf-binary",
        [".gltf"] = "model/gltf+json",
        [".kmz"] = "application/vnd.google-earth.kmz",
        [".gpkg"] = "application/geopackage+sqlite3",
    });

    /// <summary>The type of a file of that name; pages and scripts are never told as such, because results are not trusted to run in a browser.</summary>
    public static string Of(string name) => Known.TryGetContentType(name, out var type) ? type : Unknown;
}
