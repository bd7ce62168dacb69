using System.Numerics;
using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Landscapes;

/// <summary>An ellipsoid with an upright axis: a part of a tree or a bush.</summary>
internal sealed class CrownSolid : Solid
{
    private readonly Vector3D center;
    private readonly double radius;
    private readonly double flattening;
    private readonly uint seed;
    private readonly Vector3 tint;

    /// <param name="center">Metres.</param>
    /// <param name="radius">In plan, metres.</param>
    /// <param name="halfHeight">Metres.</param>
    /// <param name="tint">Linear reflectance of its leaves.</param>
    /// <param name="seed">Selects its texture.</param>
    public CrownSolid(Vector3D center, double radius, double halfHeight, Vector3 tint, uint seed)
    {
        this.center = center;
        this.radius = radius;
        this.tint = tint;
        this.seed = seed;
        flattening = radius / halfHeight;
        Top = center.Z + halfHeight;
        (MinX, MaxX, MinY, MaxY) = (center.X - radius, center.X + radius, center.Y - radius, center.Y + radius);
    }

    public override bool Intersect(
        Vector3D origin, Vector3D direction, double from, double to, out double distance, out int face)
    {
        Vector3D o = origin - center;
        o = o with { Z = o.Z * flattening };
        Vector3D d = direction with { Z = direction.Z * flattening };
        double a = d.LengthSquared;
        double b = Vector3D.Dot(o, d);
        double discriminant = (b * b) - (a * (o.LengthSquared - (radius * radius)));
        face = 0;
        distance = 0;
        if (discriminant <= 0)
        {
            return false;
        }

        distance = (-b - Math.Sqrt(discriminant)) / a;
        return distance > from && distance < to;
    }

    public override double TopAt(double x, double y)
    {
        double rest = (radius * radius) - ((x - center.X) * (x - center.X)) - ((y - center.Y) * (y - center.Y));
        return rest < 0 ? double.NegativeInfinity : center.Z + (Math.Sqrt(rest) / flattening);
    }

    public override Vector3 NormalAt(Vector3D point, int face)
    {
        Vector3D n = point - center;
        return Vector3.Normalize(new Vector3((float)n.X, (float)n.Y, (float)(n.Z * flattening * flattening)));
    }

    public override Vector3 AlbedoAt(Vector3D point, int face, float footprint)
    {
        // Leaves have no plan: slanted coordinates let the pattern follow the height as well.
        double u = point.X + (0.71 * point.Z);
        double v = point.Y - (0.43 * point.Z);
        return tint * Texture.Contrast(Texture.Octaves(u, v, 1.6, footprint, seed), 1.6f);
    }
}
