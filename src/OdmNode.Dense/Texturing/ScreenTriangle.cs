using OdmNode.Geometry.Linear;

namespace OdmNode.Dense.Texturing;

/// <summary>A triangle in pixels: which pixel centres it covers, and barycentric weights there.</summary>
internal readonly struct ScreenTriangle
{
    private readonly double ax;
    private readonly double ay;
    private readonly double bx;
    private readonly double by;

    public ScreenTriangle(Vector2D a, Vector2D b, Vector2D c)
    {
        C = c;
        double doubled = ((a.X - c.X) * (b.Y - c.Y)) - ((b.X - c.X) * (a.Y - c.Y));
        A = a;
        B = b;
        Area = Math.Abs(doubled) / 2;
        double scale = doubled == 0 ? 0 : 1 / doubled;
        ax = (b.Y - c.Y) * scale;
        ay = (c.X - b.X) * scale;
        bx = (c.Y - a.Y) * scale;
        by = (a.X - c.X) * scale;
        Left = Math.Min(a.X, Math.Min(b.X, c.X));
        Right = Math.Max(a.X, Math.Max(b.X, c.X));
        Top = Math.Min(a.Y, Math.Min(b.Y, c.Y));
        Bottom = Math.Max(a.Y, Math.Max(b.Y, c.Y));
    }

    public double Area { get; }

    public Vector2D A { get; }

    public Vector2D B { get; }

    public Vector2D C { get; }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    /// <summary>Weights of the corners at a position; all are at least 0 inside.</summary>
    public (double A, double B, double C) WeightsAt(double x, double y)
    {
        double a = (ax * (x - C.X)) + (ay * (y - C.Y));
        double b = (bx * (x - C.X)) + (by * (y - C.Y));
        return (a, b, 1 - a - b);
    }

    /// <summary>How much a value given at the corners changes at most over one pixel in x plus one in y.</summary>
    public double ChangePerPixel(double atA, double atB, double atC) =>
        Math.Abs((ax * (atA - atC)) + (bx * (atB - atC))) + Math.Abs((ay * (atA - atC)) + (by * (atB - atC)));
}
