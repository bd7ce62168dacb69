using System.Globalization;
using OdmNode.Core.Errors;
using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Writes a polygon as a GeoPackage.</summary>
public static unsafe class PolygonFile
{
    private const int PolygonType = 3;

    /// <param name="path">Ends in <c>.gpkg</c>; replaced.</param>
    /// <param name="polygon">Map coordinates.</param>
    /// <param name="layerName">Its only layer.</param>
    /// <param name="epsgCode">CRS of the coordinates.</param>
    /// <param name="time">Stands as the time of the last change, so that the same polygon is the same file.</param>
    /// <exception cref="OdmException">Storage: the disk is full or the file cannot be written.</exception>
    public static void Write(string path, CropPolygon polygon, string layerName, int epsgCode, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(polygon);
        GdalLibrary.EnsureLoaded();
        File.Delete(path);
        string stamp = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        GdalNative.CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", stamp);
        try
        {
            GdalErrors.Reset();
            using (GdalDataset file = GdalNative.GDALCreate(
                GdalNative.GDALGetDriverByName("GPKG"), path, 0, 0, 0, GdalDataType.GDT_Unknown, null))
            {
                Fill(file, path, polygon, layerName, epsgCode);
            }

            if (GdalErrors.Pending)
            {
                throw GdalErrors.WriteFailure(path);
            }
        }
        finally
        {
            GdalNative.CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", null);
        }
    }

    private static void Fill(GdalDataset file, string path, CropPolygon polygon, string layerName, int epsgCode)
    {
        using OgrSpatialReference reference = OgrSpatialReference.FromEpsg(epsgCode);
        nint layer = file.IsInvalid ? 0 : GdalNative.GDALDatasetCreateLayer(file, layerName, reference, PolygonType, null);
        if (layer == 0)
        {
            throw GdalErrors.WriteFailure(path);
        }

        using OgrGeometry geometry = polygon.ToGeometry();
        nint feature = GdalNative.OGR_F_Create(GdalNative.OGR_L_GetLayerDefn(layer));
        try
        {
            if (GdalNative.OGR_F_SetGeometry(feature, geometry) != 0 || GdalNative.OGR_L_CreateFeature(layer, feature) != 0)
            {
                throw GdalErrors.WriteFailure(path);
            }
        }
        finally
        {
            GdalNative.OGR_F_Destroy(feature);
        }
    }
}
