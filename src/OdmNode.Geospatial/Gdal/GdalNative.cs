using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: InternalsVisibleTo("OdmNode.UnitTests")]

namespace OdmNode.Geospatial.Gdal;

/// <summary>The functions of GDAL's stable C API that the engine uses, under GDAL's own names (gdal.h, cpl_error.h, ogr_api.h, ogr_srs_api.h, gdal_utils.h).</summary>
internal static unsafe partial class GdalNative
{
    public const string Library = "gdal";
    public const int GA_ReadOnly = 0;
    public const int GA_Update = 1;
    public const int GF_Read = 0;
    public const int GF_Write = 1;
    public const int CE_None = 0;
    public const int CE_Failure = 3;

    [LibraryImport(Library)]
    public static partial void GDALAllRegister();

    [LibraryImport(Library)]
    public static partial void GDALRegister_GTiff();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALVersionInfo(string request);

    [LibraryImport(Library)]
    public static partial void GDALSetCacheMax64(long bytes);

    [LibraryImport(Library)]
    public static partial void CPLErrorReset();

    [LibraryImport(Library)]
    public static partial int CPLGetLastErrorType();

    [LibraryImport(Library)]
    public static partial nint CPLGetLastErrorMsg();

    [LibraryImport(Library)]
    public static partial nint CPLSetErrorHandler(nint handler);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void CPLSetConfigOption(string key, string? value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void CPLSetThreadLocalConfigOption(string key, string? value);

    [LibraryImport(Library)]
    public static partial void VSIFree(nint memory);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALGetDriverByName(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial GdalDataset GDALCreate(nint driver, string name, int width, int height, int bands, GdalDataType type, nint* options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial GdalDataset GDALCreateCopy(
        nint driver, string name, GdalDataset source, int strict, nint* options,
        delegate* unmanaged[Cdecl]<double, byte*, void*, int> progress, void* progressData);

    [LibraryImport(Library)]
    public static partial nint GDALTranslateOptionsNew(nint* arguments, nint forBinary);

    [LibraryImport(Library)]
    public static partial GdalDataset GDALAutoCreateWarpedVRT(
        GdalDataset source, byte* sourceWkt, byte* targetWkt, int resampling, double maxErrorPixels, void* options);

    [LibraryImport(Library)]
    public static partial int OSRExportToWkt(OgrSpatialReference reference, byte** text);

    [LibraryImport(Library)]
    public static partial void GDALTranslateOptionsFree(nint options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial GdalDataset GDALTranslate(string name, GdalDataset source, nint options, int* usageError);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial GdalDataset GDALOpen(string name, int access);

    [LibraryImport(Library)]
    public static partial void GDALClose(nint dataset);

    [LibraryImport(Library)]
    public static partial void GDALFlushCache(GdalDataset dataset);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterXSize(GdalDataset dataset);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterYSize(GdalDataset dataset);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterCount(GdalDataset dataset);

    [LibraryImport(Library)]
    public static partial nint GDALGetRasterBand(GdalDataset dataset, int band);

    [LibraryImport(Library)]
    public static partial int GDALSetGeoTransform(GdalDataset dataset, double* transform);

    [LibraryImport(Library)]
    public static partial int GDALGetGeoTransform(GdalDataset dataset, double* transform);

    [LibraryImport(Library)]
    public static partial int GDALSetSpatialRef(GdalDataset dataset, OgrSpatialReference reference);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALDatasetCreateLayer(GdalDataset dataset, string name, OgrSpatialReference reference, int type, nint* options);

    [LibraryImport(Library)]
    public static partial nint OGR_L_GetLayerDefn(nint layer);

    [LibraryImport(Library)]
    public static partial int OGR_L_CreateFeature(nint layer, OgrFeature feature);

    [LibraryImport(Library)]
    public static partial OgrFeature OGR_F_Create(nint definition);

    [LibraryImport(Library)]
    public static partial void OGR_F_Destroy(nint feature);

    [LibraryImport(Library)]
    public static partial int OGR_F_SetGeometry(OgrFeature feature, OgrGeometry geometry);

    [LibraryImport(Library)]
    public static partial nint GDALGetSpatialRef(GdalDataset dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GDALSetMetadataItem(GdalDataset dataset, string name, string value, string? domain);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALGetMetadataItem(GdalDataset dataset, string name, string? domain);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GDALSetDescription(nint majorObject, string description);

    [LibraryImport(Library)]
    public static partial nint GDALGetDescription(nint majorObject);

    [LibraryImport(Library)]
    public static partial int GDALSetRasterColorInterpretation(nint band, GdalColorInterp interpretation);

    [LibraryImport(Library)]
    public static partial GdalColorInterp GDALGetRasterColorInterpretation(nint band);

    [LibraryImport(Library)]
    public static partial int GDALSetRasterNoDataValue(nint band, double value);

    [LibraryImport(Library)]
    public static partial double GDALGetRasterNoDataValue(nint band, int* success);

    [LibraryImport(Library)]
    public static partial int GDALGetOverviewCount(nint band);

    [LibraryImport(Library)]
    public static partial nint GDALGetOverview(nint band, int index);

    [LibraryImport(Library)]
    public static partial nint GDALGetMaskBand(nint band);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterBandXSize(nint band);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterBandYSize(nint band);

    [LibraryImport(Library)]
    public static partial int GDALRasterIO(
        nint band, int direction, int x, int y, int width, int height,
        void* data, int bufferWidth, int bufferHeight, GdalDataType type, int pixelSpace, int lineSpace);

    [LibraryImport(Library)]
    public static partial int GDALDatasetRasterIOEx(
        GdalDataset dataset, int direction, int x, int y, int width, int height,
        void* data, int bufferWidth, int bufferHeight, GdalDataType type, int bandCount, int* bands,
        long pixelSpace, long lineSpace, long bandSpace, void* extra);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GDALBuildOverviews(
        GdalDataset dataset, string resampling, int count, int* factors, int bandCount, int* bands,
        delegate* unmanaged[Cdecl]<double, byte*, void*, int> progress, void* progressData);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial OgrSpatialReference OSRNewSpatialReference(string? wkt);

    [LibraryImport(Library)]
    public static partial void OSRDestroySpatialReference(nint reference);

    [LibraryImport(Library)]
    public static partial int OSRImportFromEPSG(OgrSpatialReference reference, int code);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OSRSetFromUserInput(OgrSpatialReference reference, string definition);

    [LibraryImport(Library)]
    public static partial void OSRSetAxisMappingStrategy(OgrSpatialReference reference, int strategy);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OSRGetAuthorityCode(nint reference, string? key);

    [LibraryImport(Library)]
    public static partial int OSRExportToWkt(OgrSpatialReference reference, nint* text);

    [LibraryImport(Library)]
    public static partial OgrTransformation OCTNewCoordinateTransformation(OgrSpatialReference source, OgrSpatialReference target);

    [LibraryImport(Library)]
    public static partial void OCTDestroyCoordinateTransformation(nint transformation);

    [LibraryImport(Library)]
    public static partial int OCTTransform(OgrTransformation transformation, int count, double* x, double* y, double* z);

    [LibraryImport(Library)]
    public static partial OgrGeometry OGR_G_CreateGeometry(int type);

    [LibraryImport(Library)]
    public static partial void OGR_G_DestroyGeometry(nint geometry);

    [LibraryImport(Library)]
    public static partial void OGR_G_AddPoint_2D(OgrGeometry geometry, double x, double y);

    [LibraryImport(Library)]
    public static partial int OGR_G_AddGeometry(OgrGeometry container, OgrGeometry part);

    [LibraryImport(Library)]
    public static partial OgrGeometry OGR_G_Buffer(OgrGeometry geometry, double distance, int quadrantSegments);

    [LibraryImport(Library)]
    public static partial OgrGeometry OGR_G_ConvexHull(OgrGeometry geometry);

    [LibraryImport(Library)]
    public static partial OgrGeometry OGR_G_Intersection(OgrGeometry a, OgrGeometry b);

    [LibraryImport(Library)]
    public static partial int OGR_G_GetGeometryType(nint geometry);

    [LibraryImport(Library)]
    public static partial int OGR_G_GetGeometryCount(nint geometry);

    [LibraryImport(Library)]
    public static partial nint OGR_G_GetGeometryRef(nint geometry, int index);

    [LibraryImport(Library)]
    public static partial int OGR_G_GetPointCount(nint geometry);

    [LibraryImport(Library)]
    public static partial double OGR_G_GetX(nint geometry, int index);

    [LibraryImport(Library)]
    public static partial double OGR_G_GetY(nint geometry, int index);

    [LibraryImport(Library)]
    public static partial double OGR_G_Area(nint geometry);

    [LibraryImport(Library)]
    public static partial OgrGeometry OGR_G_SimplifyPreserveTopology(OgrGeometry geometry, double tolerance);
}
