using OdmNode.Core.Errors;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Gdal;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>A simple polygon in plan, map coordinates in metres: the outline of a survey, a boundary, a crop.</summary>
public sealed class CropPolygon
{
    private const int PolygonType = 3;
    private const int LinearRingType = 101;
    private const int MultiPointType = 4;
    private const int PointType = 1;
    private const int QuadrantSegments = 8;
    private readonly Vector2D[] corners;

    /// <param name="vertices">At least three corners in either direction, the first not repeated.</param>
    public CropPolygon(IReadOnlyList<Vector2D> vertices)
    {
        ArgumentNullException.ThrowIfNull(vertices);
        if (vertices.Count < 3)
        {
            throw new OdmException(ErrorKind.BadInput, "A boundary needs at least three corners.");
        }

        corners = [.. vertices];
    }

    public IReadOnlyList<Vector2D> Vertices => corners;

    public double West => Vertices.Min(vertex => vertex.X);

    public double East => Vertices.Max(vertex => vertex.X);

    public double South => Vertices.Min(vertex => vertex.Y);

    public double North => Vertices.Max(vertex => vertex.Y);

    /// <summary>Square metres.</summary>
    public double Area => Math.Abs(SignedArea(Vertices));

    /// <summary>The convex hull of points that do not all lie in a line.</summary>
    public static CropPolygon HullOf(IReadOnlyList<Vector2D> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        GdalLibrary.EnsureLoaded();
        using OgrGeometry cloud = GdalNative.OGR_G_CreateGeometry(MultiPointType);
        foreach (Vector2D point in points)
        {
            using OgrGeometry geometry = GdalNative.OGR_G_CreateGeometry(PointType);
            GdalNative.OGR_G_AddPoint_2D(geometry, point.X, point.Y);
            _ = GdalNative.OGR_G_AddGeometry(cloud, geometry);
        }

        using OgrGeometry hull = GdalNative.OGR_G_ConvexHull(cloud);
        return FromGeometry(hull)
            ?? throw new OdmException(ErrorKind.BadInput, "The survey has no extent in plan: its positions lie in a line.");
    }

    /// <summary>Grown by a distance, metres, with round corners.</summary>
    public CropPolygon Grown(double metres) => Buffered(metres) ?? this;

    /// <summary>What is farther inside than a distance, metres, the largest part of it; null where nothing is.</summary>
    public CropPolygon? Shrunk(double metres) => Buffered(-metres);

    /// <summary>With fewer corners, none of which lies farther than a distance, metres, from the line before; crosses itself nowhere.</summary>
    public CropPolygon Simplified(double metres)
    {
        using OgrGeometry polygon = ToGeometry();
        using OgrGeometry simple = GdalNative.OGR_G_SimplifyPreserveTopology(polygon, metres);
        return FromGeometry(simple) ?? this;
    }

    /// <summary>
    /// ODM's <c>crop</c>: shrunk by <paramref name="metres"/> + 3 m and grown by 3 m, which cuts spikes and rounds corners. 0 changes nothing.
    /// </summary>
    /// <returns>Itself where so much cannot be cut off.</returns>
    public CropPolygon Cropped(double metres) => metres <= 0 ? this : Buffered(-metres - 3)?.Buffered(3) ?? this;

    /// <summary>The largest part of what two polygons share; null when they do not overlap.</summary>
    public CropPolygon? Intersection(CropPolygon other)
    {
        ArgumentNullException.ThrowIfNull(other);
        using OgrGeometry a = ToGeometry();
        using OgrGeometry b = other.ToGeometry();
        using OgrGeometry common = GdalNative.OGR_G_Intersection(a, b);
        return FromGeometry(common);
    }

    /// <summary>Whether a point lies inside, by the number of sides north of it.</summary>
    public bool Contains(double east, double north)
    {
        bool isInside = false;
        Vector2D a = corners[^1];
        foreach (Vector2D b in corners)
        {
            if ((a.X > east) != (b.X > east) && north < a.Y + ((east - a.X) * (b.Y - a.Y) / (b.X - a.X)))
            {
                isInside = !isInside;
            }

            a = b;
        }

        return isInside;
    }

    /// <summary>Which cells of a tile have their centre inside.</summary>
    /// <returns>height × width values, rows from the north.</returns>
    public bool[] Mask(GroundTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        bool[] inside = new bool[tile.Width * tile.Height];
        var crossings = new List<double>();
        for (int y = 0; y < tile.Height; y++)
        {
            double north = tile.Grid.NorthingOf(tile.Y + y);
            crossings.Clear();
            for (int i = 0; i < Vertices.Count; i++)
            {
                Vector2D a = Vertices[i];
                Vector2D b = Vertices[(i + 1) % Vertices.Count];
                if ((a.Y > north) != (b.Y > north))
                {
                    crossings.Add(a.X + ((north - a.Y) * (b.X - a.X) / (b.Y - a.Y)));
                }
            }

            crossings.Sort();
            for (int i = 0; i + 1 < crossings.Count; i += 2)
            {
                int first = FirstCentreAtOrAfter(tile, crossings[i]);
                int end = FirstCentreAtOrAfter(tile, crossings[i + 1]);
                if (end > first)
                {
                    inside.AsSpan((y * tile.Width) + first, end - first).Fill(true);
                }
            }
        }

        return inside;
    }

    internal OgrGeometry ToGeometry()
    {
        GdalLibrary.EnsureLoaded();
        using OgrGeometry ring = GdalNative.OGR_G_CreateGeometry(LinearRingType);
        for (int i = 0; i <= Vertices.Count; i++)
        {
            Vector2D vertex = Vertices[i % Vertices.Count];
            GdalNative.OGR_G_AddPoint_2D(ring, vertex.X, vertex.Y);
        }

        OgrGeometry polygon = GdalNative.OGR_G_CreateGeometry(PolygonType);
        _ = GdalNative.OGR_G_AddGeometry(polygon, ring);
        return polygon;
    }

    private static int FirstCentreAtOrAfter(GroundTile tile, double east) =>
        (int)Math.Clamp(Math.Ceiling(((east - tile.Grid.West) / tile.Grid.Resolution) - 0.5 - tile.X), 0, tile.Width);

    private CropPolygon? Buffered(double metres)
    {
        using OgrGeometry polygon = ToGeometry();
        using OgrGeometry buffered = GdalNative.OGR_G_Buffer(polygon, metres, QuadrantSegments);
        return FromGeometry(buffered);
    }

    /// <summary>The outer ring of a polygon, or of the largest polygon of several.</summary>
    private static CropPolygon? FromGeometry(OgrGeometry geometry)
    {
        if (geometry.IsInvalid)
        {
            return null;
        }

        nint handle = geometry.DangerousGetHandle();
        nint largest = handle;
        if ((GdalNative.OGR_G_GetGeometryType(handle) & 0xff) != PolygonType)
        {
            largest = 0;
            double area = 0;
            for (int i = 0; i < GdalNative.OGR_G_GetGeometryCount(handle); i++)
            {
                nint part = GdalNative.OGR_G_GetGeometryRef(handle, i);
                if ((GdalNative.OGR_G_GetGeometryType(part) & 0xff) == PolygonType && GdalNative.OGR_G_Area(part) > area)
                {
                    area = GdalNative.OGR_G_Area(part);
                    largest = part;
                }
            }
        }

        if (largest == 0 || GdalNative.OGR_G_GetGeometryCount(largest) == 0)
        {
            return null;
        }

        nint ring = GdalNative.OGR_G_GetGeometryRef(largest, 0);
        int count = GdalNative.OGR_G_GetPointCount(ring) - 1;
        var vertices = new Vector2D[Math.Max(0, count)];
        for (int i = 0; i < count; i++)
        {
            vertices[i] = new Vector2D(GdalNative.OGR_G_GetX(ring, i), GdalNative.OGR_G_GetY(ring, i));
        }

        return count < 3 ? null : new CropPolygon(vertices);
    }

    private static double SignedArea(IReadOnlyList<Vector2D> vertices)
    {
        double sum = 0;
        Vector2D origin = vertices[0];
        for (int i = 0; i < vertices.Count; i++)
        {
            Vector2D a = vertices[i] - origin;
            Vector2D b = vertices[(i + 1) % vertices.Count] - origin;
            sum += (a.X * b.Y) - (b.X * a.Y);
        }

        return sum / 2;
    }
}
