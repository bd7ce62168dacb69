namespace OdmNode.Geospatial.Gdal;

/// <summary>GDALDataType, as far as the engine uses it.</summary>
internal enum GdalDataType
{
    GDT_Unknown = 0,
    GDT_Byte = 1,
    GDT_Float32 = 6,
    GDT_Float64 = 7,
}
