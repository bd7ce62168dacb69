namespace OdmNode.Geospatial.Gdal;

/// <summary>GDALColorInterp, as far as the engine uses it; files may hold others.</summary>
internal enum GdalColorInterp
{
    GCI_Undefined = 0,
    GCI_GrayIndex = 1,
    GCI_PaletteIndex = 2,
    GCI_RedBand = 3,
    GCI_GreenBand = 4,
    GCI_BlueBand = 5,
    GCI_AlphaBand = 6,
}
