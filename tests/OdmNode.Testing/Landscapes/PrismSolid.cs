using System.Numerics;
using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Landscapes;

/// <summary>A box turned in plan, with a flat or a gabled top: a building, a part of a car.</summary>
/// <remarks>Faces: 0, 1 the ends; 2, 3 the long sides; 4, 5 the slopes of the roof (4 alone when it is flat); 6 the floor.</remarks>
internal sealed class PrismSolid : Solid
{
    private readonly double centerX;
    private readonly double centerY;
    private readonly double cos;
    private readonly double sin;
    private readonly double halfLength;
    private readonly double halfWidth;
    private readonly double bottom;
    private readonly double eaves;
    private readonly double pitch;
    private readonly IPrismSkin skin;

    /// <param name="centerX">Metres east.</param>
    /// <param name="centerY">Metres north.</param>
    /// <param name="angle">From east to the long side, radians.</param>
    /// <param name="halfLength">Half of the long side, metres.</param>
    /// <param name="halfWidth">Half of the short side, metres.</param>
    /// <param name="bottom">Below the ground, metres.</param>
    /// <param name="eaves">Upper edge of the long sides, metres.</param>
    /// <param name="rise">Of the ridge above the eaves, metres; 0 is a flat roof.</param>
    /// <param name="skin">Its colours.</param>
    public PrismSolid(
        double centerX, double centerY, double angle, double halfLength, double halfWidth,
        double bottom, double eaves, double rise, IPrismSkin skin)
    {
        this.centerX = centerX;
        this.centerY = centerY;
        (sin, cos) = Math.SinCos(angle);
        this.halfLength = halfLength;
        this.halfWidth = halfWidth;
        this.bottom = bottom;
        this.eaves = eaves;
        this.skin = skin;
        pitch = rise / halfWidth;
        Top = eaves + rise;
        double reachX = (Math.Abs(cos) * halfLength) + (Math.Abs(sin) * halfWidth);
        double reachY = (Math.Abs(sin) * halfLength) + (Math.Abs(cos) * halfWidth);
        (MinX, MaxX, MinY, MaxY) = (centerX - reachX, centerX + reachX, centerY - reachY, centerY + reachY);
    }

    public override bool Intersect(
        Vector3D origin, Vector3D direction, double from, double to, out double distance, out int face)
    {
        Vector3D o = ToLocal(origin);
        double du = (cos * direction.X) + (sin * direction.Y);
        double dv = (-sin * direction.X) + (cos * direction.Y);
        double dz = direction.Z;
        face = -1;
        distance = 0;
        bool inside = Clip(o.X, du, halfLength, 1, ref from, ref to, ref face)
            && Clip(-o.X, -du, halfLength, 0, ref from, ref to, ref face)
            && Clip(o.Y, dv, halfWidth, 3, ref from, ref to, ref face)
            && Clip(-o.Y, -dv, halfWidth, 2, ref from, ref to, ref face)
            && Clip(-o.Z, -dz, -bottom, 6, ref from, ref to, ref face);
        if (!inside)
        {
            return false;
        }

        double limit = eaves + (pitch * halfWidth);
        inside = pitch == 0
            ? Clip(o.Z, dz, eaves, 4, ref from, ref to, ref face)
            : Clip(o.Z + (pitch * o.Y), dz + (pitch * dv), limit, 4, ref from, ref to, ref face)
                && Clip(o.Z - (pitch * o.Y), dz - (pitch * dv), limit, 5, ref from, ref to, ref face);
        distance = from;
        return inside && face >= 0;
    }

    public override double TopAt(double x, double y)
    {
        Vector3D local = ToLocal(new Vector3D(x, y, 0));
        return Math.Abs(local.X) > halfLength || Math.Abs(local.Y) > halfWidth
            ? double.NegativeInfinity
            : eaves + (pitch * (halfWidth - Math.Abs(local.Y)));
    }

    public override Vector3 NormalAt(Vector3D point, int face)
    {
        (double u, double v, double z) = face switch
        {
            0 => (-1.0, 0.0, 0.0),
            1 => (1.0, 0.0, 0.0),
            2 => (0.0, -1.0, 0.0),
            3 => (0.0, 1.0, 0.0),
            4 => (0.0, pitch, 1.0),
            5 => (0.0, -pitch, 1.0),
            _ => (0.0, 0.0, -1.0),
        };
        return Vector3.Normalize(new Vector3((float)((cos * u) - (sin * v)), (float)((sin * u) + (cos * v)), (float)z));
    }

    public override Vector3 AlbedoAt(Vector3D point, int face, float footprint)
    {
        Vector3D local = ToLocal(point);
        return face switch
        {
            0 or 1 => skin.Wall(local.Y, point.Z - eaves, halfWidth, face, footprint),
            2 or 3 => skin.Wall(local.X, point.Z - eaves, halfLength, face, footprint),
            _ => skin.Roof(local.X, local.Y * Math.Sqrt(1 + (pitch * pitch)), halfLength, halfWidth, footprint),
        };
    }

    /// <summary>The straight upper edges: four of a flat roof; eaves, gables and ridge of a gabled one.</summary>
    public IEnumerable<(Vector3D From, Vector3D To)> RoofEdges()
    {
        Vector3D a = FromLocal(-halfLength, -halfWidth, eaves);
        Vector3D b = FromLocal(halfLength, -halfWidth, eaves);
        Vector3D c = FromLocal(halfLength, halfWidth, eaves);
        Vector3D d = FromLocal(-halfLength, halfWidth, eaves);
        yield return (a, b);
        yield return (c, d);
        if (pitch == 0)
        {
            yield return (b, c);
            yield return (d, a);
            yield break;
        }

        Vector3D left = FromLocal(-halfLength, 0, Top);
        Vector3D right = FromLocal(halfLength, 0, Top);
        yield return (left, right);
        yield return (a, left);
        yield return (left, d);
        yield return (b, right);
        yield return (right, c);
    }

    private static bool Clip(double position, double velocity, double limit, int plane, ref double from, ref double to, ref int face)
    {
        double room = limit - position;
        if (velocity < 0)
        {
            double enter = room / velocity;
            if (enter > from)
            {
                from = enter;
                face = plane;
            }
        }
        else if (velocity > 0)
        {
            to = Math.Min(to, room / velocity);
        }
        else if (room < 0)
        {
            return false;
        }

        return from < to;
    }

    private Vector3D ToLocal(Vector3D point)
    {
        double dx = point.X - centerX;
        double dy = point.Y - centerY;
        return new Vector3D((cos * dx) + (sin * dy), (-sin * dx) + (cos * dy), point.Z);
    }

    private Vector3D FromLocal(double u, double v, double z) =>
        new(centerX + (cos * u) - (sin * v), centerY + (sin * u) + (cos * v), z);
}
