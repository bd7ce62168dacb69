using System.Numerics;
using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Landscapes;

/// <summary>A convex body standing on the ground.</summary>
internal abstract class Solid
{
    public double MinX { get; protected init; }

    public double MaxX { get; protected init; }

    public double MinY { get; protected init; }

    public double MaxY { get; protected init; }

    /// <summary>The highest point, metres.</summary>
    public double Top { get; protected init; }

    /// <summary>
    /// Where a ray enters the body, if it does so between <paramref name="from"/> and <paramref name="to"/>
    /// (multiples of <paramref name="direction"/>).
    /// </summary>
    public abstract bool Intersect(Vector3D origin, Vector3D direction, double from, double to, out double distance, out int face);

    /// <summary>Height of the upper side over a plan position; negative infinity beside the body.</summary>
    public abstract double TopAt(double x, double y);

    /// <summary>Unit normal, pointing out, at a point of the surface.</summary>
    public abstract Vector3 NormalAt(Vector3D point, int face);

    /// <summary>Linear red, green and blue reflectance, averaged over a footprint in metres.</summary>
    public abstract Vector3 AlbedoAt(Vector3D point, int face, float footprint);
}
