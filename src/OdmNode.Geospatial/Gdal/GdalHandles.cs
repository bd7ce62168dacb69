using Microsoft.Win32.SafeHandles;

namespace OdmNode.Geospatial.Gdal;

/// <summary>GDALDatasetH with one owner.</summary>
internal sealed class GdalDataset : SafeHandleZeroOrMinusOneIsInvalid
{
    public GdalDataset()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        GdalNative.GDALClose(handle);
        return true;
    }
}

/// <summary>OGRSpatialReferenceH with one owner.</summary>
internal sealed class OgrSpatialReference : SafeHandleZeroOrMinusOneIsInvalid
{
    public OgrSpatialReference()
        : base(ownsHandle: true)
    {
    }

    /// <summary>The CRS of an EPSG code, coordinates in the order east, north (longitude, latitude).</summary>
    public static OgrSpatialReference FromEpsg(int code) => Create(
        reference => GdalNative.OSRImportFromEPSG(reference, code),
        Core.Errors.ErrorKind.Unsupported,
        FormattableString.Invariant($"The coordinate system EPSG:{code} is not known to GDAL (is the package proj-data installed?)"));

    /// <summary>The CRS of a text of any kind that GDAL knows (EPSG:n, proj4, WKT), coordinates in the order east, north.</summary>
    public static OgrSpatialReference FromText(string definition) => Create(
        reference => GdalNative.OSRSetFromUserInput(reference, definition),
        Core.Errors.ErrorKind.BadInput,
        $"'{definition}' is not a coordinate system");

    private static OgrSpatialReference Create(Func<OgrSpatialReference, int> define, Core.Errors.ErrorKind kind, string problem)
    {
        GdalLibrary.EnsureLibrary();
        const int traditionalGisOrder = 0;
        OgrSpatialReference reference = GdalNative.OSRNewSpatialReference(null);
        GdalErrors.Reset();
        if (define(reference) != 0)
        {
            reference.Dispose();
            throw GdalErrors.Failure(kind, problem);
        }

        GdalNative.OSRSetAxisMappingStrategy(reference, traditionalGisOrder);
        return reference;
    }

    protected override bool ReleaseHandle()
    {
        GdalNative.OSRDestroySpatialReference(handle);
        return true;
    }
}

/// <summary>OGRCoordinateTransformationH with one owner.</summary>
internal sealed class OgrTransformation : SafeHandleZeroOrMinusOneIsInvalid
{
    public OgrTransformation()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        GdalNative.OCTDestroyCoordinateTransformation(handle);
        return true;
    }
}

/// <summary>OGRGeometryH with one owner.</summary>
internal sealed class OgrGeometry : SafeHandleZeroOrMinusOneIsInvalid
{
    public OgrGeometry()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        GdalNative.OGR_G_DestroyGeometry(handle);
        return true;
    }
}

/// <summary>OGRFeatureH with one owner.</summary>
internal sealed class OgrFeature : SafeHandleZeroOrMinusOneIsInvalid
{
    public OgrFeature()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        GdalNative.OGR_F_Destroy(handle);
        return true;
    }
}
