using System.Numerics;
using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Landscapes;

/// <summary>The world that is photographed: ground, what stands on it, how it is coloured and lit.</summary>
/// <remarks>East-north-up metres, zero at the site's origin. Immutable; every method may be called from any thread.</remarks>
internal sealed class Landscape
{
    private readonly Terrain terrain;
    private readonly GroundPaint paint;
    private readonly SolidGrid solids;
    private readonly Vector3D toSun;
    private readonly Vector3 toSunSingle;

    public Landscape(Terrain terrain, GroundPaint paint, IReadOnlyList<Solid> solids, Vector3D toSun)
    {
        this.terrain = terrain;
        this.paint = paint;
        this.solids = new SolidGrid(solids);
        this.toSun = toSun.Normalized();
        toSunSingle = new Vector3((float)this.toSun.X, (float)this.toSun.Y, (float)this.toSun.Z);
    }

    /// <summary>Height of the bare ground, metres.</summary>
    public double GroundAt(double x, double y) => terrain.HeightAt(x, y);

    /// <summary>Height of what is seen from straight above, metres.</summary>
    public double SurfaceAt(double x, double y) => Math.Max(terrain.HeightAt(x, y), solids.TopAt(x, y));

    /// <summary>No building, tree or car within a distance, metres.</summary>
    public bool IsOpenGround(double x, double y, double margin) => !solids.AnyWithin(x, y, margin);

    /// <summary>
    /// The first surface along a ray that looks down, and its light towards the viewer.
    /// </summary>
    /// <param name="origin">Above everything.</param>
    /// <param name="direction">Distances are multiples of it.</param>
    /// <param name="perPixel">Width of a pixel at distance 1, metres.</param>
    /// <param name="guess">In: about how far the ground is. Out: how far it is.</param>
    public SurfaceSample Trace(Vector3D origin, Vector3D direction, double perPixel, ref double guess)
    {
        if (!IntersectGround(origin, direction, ref guess, out double slopeX, out double slopeY))
        {
            return new SurfaceSample(new Vector3(0.55f, 0.65f, 0.75f), 0, double.PositiveInfinity);
        }

        double entry = Math.Max(0, (solids.Top - origin.Z) / direction.Z);
        int solid = solids.FirstHit(origin, direction, entry, guess, out double distance, out int face);
        Vector3D point = origin + (distance * direction);
        float footprint = (float)(perPixel * distance);
        Vector3 normal;
        Vector3 albedo;
        int surface;
        if (solid < 0)
        {
            normal = Vector3.Normalize(new Vector3((float)-slopeX, (float)-slopeY, 1));
            albedo = paint.AlbedoAt(point.X, point.Y, footprint);
            surface = 2;
        }
        else
        {
            normal = solids[solid].NormalAt(point, face);
            albedo = solids[solid].AlbedoAt(point, face, footprint);
            surface = (((solid * 8) + face) * 2) + 4;
        }

        float towardsSun = Vector3.Dot(normal, toSunSingle);
        bool lit = towardsSun > 0 && !IsShaded(point, normal);
        float sky = 0.26f + (0.10f * normal.Z);
        Vector3 light = new Vector3(0.86f, 0.96f, 1.14f) * sky;
        if (lit)
        {
            light += new Vector3(1.06f, 1.0f, 0.90f) * (1.05f * towardsSun);
            surface++;
        }

        return new SurfaceSample(albedo * light, surface, distance);
    }

    private bool IsShaded(Vector3D point, Vector3 normal)
    {
        if (point.Z >= solids.Top)
        {
            return false;
        }

        // Off the surface by a millimetre, lest it shade itself.
        Vector3D start = point + (0.001 * new Vector3D(normal.X, normal.Y, normal.Z));
        return solids.FirstHit(start, toSun, 0, (solids.Top - start.Z) / toSun.Z, out _, out _) >= 0;
    }

    /// <summary>Newton's method; the ground is flatter than any ray accepted here, so there is one solution.</summary>
    private bool IntersectGround(Vector3D origin, Vector3D direction, ref double guess, out double slopeX, out double slopeY)
    {
        slopeX = 0;
        slopeY = 0;
        if (direction.Z > -0.35 * direction.Length)
        {
            return false;
        }

        double distance = guess > 0 && double.IsFinite(guess) ? guess : -origin.Z / direction.Z;
        for (int iteration = 0; iteration < 30; iteration++)
        {
            double x = origin.X + (distance * direction.X);
            double y = origin.Y + (distance * direction.Y);
            double above = origin.Z + (distance * direction.Z) - terrain.HeightAt(x, y, out slopeX, out slopeY);
            double step = above / (direction.Z - (slopeX * direction.X) - (slopeY * direction.Y));
            distance -= step;
            if (Math.Abs(step) < 1e-7 * distance)
            {
                break;
            }
        }

        guess = distance;
        return true;
    }
}
