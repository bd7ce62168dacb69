using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Writes a polygon as a GeoPackage of one layer, for GIS programs and cut lines.</summary>
public static unsafe class GeoPackageWriter
{
    private const int PolygonType = 3;

    /// <summary>The package says when it was changed; a fixed time keeps its bytes the same from run to run.</summary>
    private const string ChangeTime = "1970-01-01T00:00:00.000Z";

    /// <param name="polygon">In the CRS.</param>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="epsgCode">Projected CRS.</param>
    /// <param name="path">File to write; none is there.</param>
    /// <exception cref="Core.Errors.OdmException">Storage: full disk.</exception>
    public static void Write(CropPolygon polygon, string layer, int epsgCode, string path)
    {
        ArgumentNullException.ThrowIfNull(polygon);
        GdalLibrary.EnsureLoaded();
        GdalErrors.Reset();
        GdalNative.CPLSetConfigOption("OGR_CURRENT_DATE", ChangeTime);
        using (OgrSpatialReference reference = OgrSpatialReference.FromEpsg(epsgCode))
        using (GdalDataset package = GdalNative.GDALCreate(GdalNative.GDALGetDriverByName("GPKG"), path, 0, 0, 0, GdalDataType.GDT_Unknown, null))
        {
            nint target = package.IsInvalid ? 0 : GdalNative.GDALDatasetCreateLayer(package, layer, reference, PolygonType, null);
            if (target == 0)
            {
                throw GdalErrors.WriteFailure(path);
            }

            using OgrFeature feature = GdalNative.OGR_F_Create(GdalNative.OGR_L_GetLayerDefn(target));
            using OgrGeometry geometry = polygon.ToGeometry();
            if (GdalNative.OGR_F_SetGeometry(feature, geometry) != 0 || GdalNative.OGR_L_CreateFeature(target, feature) != 0)
            {
                throw GdalErrors.WriteFailure(path);
            }
        }

        if (GdalErrors.Pending)
        {
            throw GdalErrors.WriteFailure(path);
        }
    }
}
