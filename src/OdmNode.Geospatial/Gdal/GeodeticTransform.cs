using OdmNode.Core.Errors;
using OdmNode.Geometry.Geodesy;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Brings coordinates of any reference system to latitude and longitude of WGS 84. Heights pass through.</summary>
public sealed unsafe class GeodeticTransform : IDisposable
{
    private const int Wgs84 = 4326;
    private readonly string definition;
    private readonly OgrTransformation transformation;

    /// <param name="definition">EPSG:n, proj4, WKT: what GDAL knows.</param>
    /// <exception cref="OdmException">BadInput: it names no reference system, or one from which nothing leads to WGS 84.</exception>
    public GeodeticTransform(string definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        this.definition = definition;
        using OgrSpatialReference source = OgrSpatialReference.FromText(definition);
        using OgrSpatialReference target = OgrSpatialReference.FromEpsg(Wgs84);
        transformation = GdalNative.OCTNewCoordinateTransformation(source, target);
        if (transformation.IsInvalid)
        {
            throw GdalErrors.Failure(ErrorKind.BadInput, $"Coordinates of '{definition}' cannot be brought to WGS 84");
        }
    }

    /// <summary>One place.</summary>
    /// <param name="x">East, or longitude.</param>
    /// <param name="y">North, or latitude.</param>
    /// <param name="height">Metres, kept.</param>
    /// <exception cref="OdmException">BadInput: the place is outside the reference system.</exception>
    public GeodeticPosition ToGeodetic(double x, double y, double height)
    {
        (double longitude, double latitude, double unused) = (x, y, 0);
        GdalErrors.Reset();
        return GdalNative.OCTTransform(transformation, 1, &longitude, &latitude, &unused) != 0
            && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 360
            ? new GeodeticPosition(latitude, longitude, height)
            : throw new OdmException(
                ErrorKind.BadInput, FormattableString.Invariant($"The place {x} {y} does not lie in the coordinate system '{definition}'."));
    }

    /// <inheritdoc/>
    public void Dispose() => transformation.Dispose();
}
