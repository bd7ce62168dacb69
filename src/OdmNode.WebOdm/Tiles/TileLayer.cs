namespace OdmNode.WebOdm.Tiles;

/// <summary>A raster of the results that is shown as map tiles.</summary>
/// <param name="Name">In addresses.</param>
/// <param name="Path">The GeoTIFF within the results.</param>
public sealed record TileLayer(string Name, string Path)
{
    /// <summary>The only one that the addresses of 2017 know.</summary>
    public static TileLayer Orthophoto { get; } = new("orthophoto", "odm_orthophoto/odm_orthophoto.tif");

    /// <summary>All of them; the first that a task has says where it lies.</summary>
    public static IReadOnlyList<TileLayer> All { get; } = [Orthophoto, new("dsm", "odm_dem/dsm.tif"), new("dtm", "odm_dem/dtm.tif")];

    /// <summary>The layer of that exact name; null when there is none.</summary>
    public static TileLayer? Find(string name) => All.FirstOrDefault(layer => layer.Name == name);
}
