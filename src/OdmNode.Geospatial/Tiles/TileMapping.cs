using OdmNode.Core.Errors;
using OdmNode.Geospatial.Gdal;

namespace OdmNode.Geospatial.Tiles;

/// <summary>Where the pixels of tiles lie in a raster.</summary>
internal sealed unsafe class TileMapping : IDisposable
{
    private const int WebMercator = 3857;
    private const int EdgePoints = 21;
    private const int MostNodeStep = 16;
    private const int LeastNodes = 4;
    private const double ScaleStepMetres = 50;
    private readonly RasterPyramid pyramid;
    private readonly OgrTransformation rasterFromMercator;

    /// <exception cref="OdmException">BadInput: the raster has no place on the map.</exception>
    public TileMapping(RasterPyramid pyramid)
    {
        this.pyramid = pyramid;
        int code = pyramid.EpsgCode ?? throw new OdmException(ErrorKind.BadInput, "The raster has no place on the map.");
        using OgrSpatialReference raster = OgrSpatialReference.FromEpsg(code);
        using OgrSpatialReference mercator = OgrSpatialReference.FromEpsg(WebMercator);
        using OgrTransformation mercatorFromRaster = GdalNative.OCTNewCoordinateTransformation(raster, mercator);
        rasterFromMercator = GdalNative.OCTNewCoordinateTransformation(mercator, raster);
        Bounds = BoundsOf(pyramid, mercatorFromRaster);
        CellsPerMetre = ScaleAt((Bounds.West + Bounds.East) / 2, (Bounds.South + Bounds.North) / 2);
    }

    /// <summary>The rectangle around the raster.</summary>
    public MercatorBox Bounds { get; }

    /// <summary>Cells of the raster along a metre of EPSG:3857, in the raster's middle.</summary>
    public double CellsPerMetre { get; }

    /// <summary>Metres of EPSG:3857 along a unit of the raster's CRS, in the raster's middle.</summary>
    public double MercatorScale => 1 / (CellsPerMetre * pyramid.Transform[1]);

    /// <summary>The part of a tile that the raster may reach, laid out in cells of a level; null where it reaches none.</summary>
    /// <remarks>
    /// Exact on a mesh of at most 16 pixels, linear between: over a raster of 100 km, where meridians and the edges of the map bend most, the
    /// difference is below a hundredth of a pixel.
    /// </remarks>
    public TileNodes? Locate(TileAddress address, int size, int margin, PyramidLevel level)
    {
        MercatorBox box = address.Box;
        double pixel = address.Side / size;
        // Reduced cells at the raster's edge reach over it by less than two pixels.
        int left = (int)Math.Max(-margin, Math.Floor((Bounds.West - box.West) / pixel) - 2);
        int right = (int)Math.Min(size + margin, Math.Ceiling((Bounds.East - box.West) / pixel) + 2);
        int top = (int)Math.Max(-margin, Math.Floor((box.North - Bounds.North) / pixel) - 2);
        int bottom = (int)Math.Min(size + margin, Math.Ceiling((box.North - Bounds.South) / pixel) + 2);
        if (left >= right || top >= bottom)
        {
            return null;
        }

        // Far from a small raster its projection may not be defined: a mesh over few pixels does not reach beyond them by many.
        int step = Math.Clamp(Math.Max(right - left, bottom - top) / LeastNodes, 1, MostNodeStep);
        var nodes = new TileNodes(left, top, right, bottom, step);
        for (int i = 0; i < nodes.Columns.Length; i++)
        {
            (int x, int y) = nodes.PixelOf(i);
            nodes.Columns[i] = box.West + ((x + 0.5) * pixel);
            nodes.Rows[i] = box.North - ((y + 0.5) * pixel);
        }

        ToCells(nodes.Columns, nodes.Rows);
        for (int i = 0; i < nodes.Columns.Length; i++)
        {
            nodes.Columns[i] *= (double)level.Width / pyramid.Width;
            nodes.Rows[i] *= (double)level.Height / pyramid.Height;
        }

        return nodes;
    }

    public void Dispose() => rasterFromMercator.Dispose();

    private static MercatorBox BoundsOf(RasterPyramid pyramid, OgrTransformation mercatorFromRaster)
    {
        double[] place = pyramid.Transform;
        double[] x = new double[4 * EdgePoints];
        double[] y = new double[x.Length];
        for (int i = 0; i < EdgePoints; i++)
        {
            double east = place[0] + (place[1] * pyramid.Width * i / (EdgePoints - 1));
            double south = place[3] + (place[5] * pyramid.Height * i / (EdgePoints - 1));
            (x[4 * i], y[4 * i]) = (east, place[3]);
            (x[(4 * i) + 1], y[(4 * i) + 1]) = (east, place[3] + (place[5] * pyramid.Height));
            (x[(4 * i) + 2], y[(4 * i) + 2]) = (place[0], south);
            (x[(4 * i) + 3], y[(4 * i) + 3]) = (place[0] + (place[1] * pyramid.Width), south);
        }

        Transform(mercatorFromRaster, x, y);
        // A survey across the antimeridian stays in one piece; what lies beyond the edge of the web's map has no tiles.
        const double world = 2 * TileAddress.HalfWorld;
        for (int i = 1; i < x.Length; i++)
        {
            x[i] -= world * Math.Round((x[i] - x[0]) / world);
        }

        return new MercatorBox(x.Min(), y.Min(), x.Max(), y.Max());
    }

    private static void Transform(OgrTransformation transformation, double[] x, double[] y)
    {
        GdalErrors.Reset();
        fixed (double* xs = x)
        fixed (double* ys = y)
        {
            if (GdalNative.OCTTransform(transformation, x.Length, xs, ys, null) == 0)
            {
                throw GdalErrors.Failure(ErrorKind.BadInput, "The raster lies outside of the web's map");
            }
        }
    }

    private double ScaleAt(double x, double y)
    {
        double[] columns = [x - ScaleStepMetres, x + ScaleStepMetres, x, x];
        double[] rows = [y, y, y - ScaleStepMetres, y + ScaleStepMetres];
        ToCells(columns, rows);
        double determinant = ((columns[1] - columns[0]) * (rows[3] - rows[2])) - ((columns[3] - columns[2]) * (rows[1] - rows[0]));
        return Math.Sqrt(Math.Abs(determinant)) / (2 * ScaleStepMetres);
    }

    /// <summary>Turns coordinates of EPSG:3857 into cells of the raster, the upper left corner being 0, 0.</summary>
    private void ToCells(double[] x, double[] y)
    {
        Transform(rasterFromMercator, x, y);
        double[] place = pyramid.Transform;
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (x[i] - place[0]) / place[1];
            y[i] = (y[i] - place[3]) / place[5];
        }
    }
}
