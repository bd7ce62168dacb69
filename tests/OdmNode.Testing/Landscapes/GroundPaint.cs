using System.Numerics;

namespace OdmNode.Testing.Landscapes;

/// <summary>What covers the ground: meadow, a road, a footpath, a car park, a playing field, a lawn and survey marks.</summary>
internal sealed class GroundPaint
{
    private const double RoadHalfWidth = 3.2;
    private const double PavementWidth = 1.4;
    private readonly uint seed;
    private readonly SiteLayout layout;
    private readonly double markRadius;

    public GroundPaint(SiteLayout layout, double markRadius, uint seed)
    {
        this.layout = layout;
        this.markRadius = markRadius;
        this.seed = seed;
    }

    /// <summary>Linear reflectance of the ground around a plan position, averaged over a footprint in metres.</summary>
    public Vector3 AlbedoAt(double x, double y, float footprint)
    {
        foreach ((double markX, double markY) in layout.Marks)
        {
            double dx = x - markX;
            double dy = y - markY;
            if (Math.Abs(dx) < 2.2 * markRadius && Math.Abs(dy) < 2.2 * markRadius)
            {
                // A white disc on a black plate.
                float plate = Texture.Coverage((2 * markRadius) - Math.Max(Math.Abs(dx), Math.Abs(dy)), footprint);
                float disc = Texture.Coverage(markRadius - Math.Sqrt((dx * dx) + (dy * dy)), footprint);
                return Vector3.Lerp(Uncovered(x, y, footprint), Vector3.Lerp(new Vector3(0.02f), new Vector3(0.85f), disc), plate);
            }
        }

        return Uncovered(x, y, footprint);
    }

    private Vector3 Uncovered(double x, double y, float footprint)
    {
        double road = RoadHalfWidth - Math.Abs(layout.DistanceToRoad(x, y));
        if (road > -PavementWidth - footprint)
        {
            Vector3 surface = Road(x, y, road, footprint);
            float share = Texture.Coverage(road + PavementWidth, footprint);
            return share >= 1 ? surface : Vector3.Lerp(Beside(x, y, footprint), surface, share);
        }

        return Beside(x, y, footprint);
    }

    private Vector3 Beside(double x, double y, float footprint)
    {
        if (layout.CarPark.Contains(x, y, 0))
        {
            return CarPark(x, y, footprint);
        }

        if (layout.Field.Contains(x, y, 0))
        {
            return Field(x, y, footprint);
        }

        if (layout.Lawn.Contains(x, y, 0))
        {
            float spots = Texture.Spots(x, y, 0.9, footprint, seed + 70);
            float blades = Texture.Octaves(x, y, 8, footprint, seed + 71);
            return new Vector3(0.13f, 0.21f, 0.06f) * Texture.Contrast(blades + (0.8f * Math.Max(0, spots)), 0.8f);
        }

        double path = 0.9 - Math.Abs(layout.DistanceToPath(x, y));
        Vector3 meadow = Meadow(x, y, footprint);
        if (path < -footprint)
        {
            return meadow;
        }

        float gravel = Texture.Octaves(x, y, 3, footprint, seed + 40) + (0.6f * Texture.Spots(x, y, 0.21, footprint, seed + 41));
        return Vector3.Lerp(
            meadow, new Vector3(0.38f, 0.34f, 0.27f) * Texture.Contrast(gravel, 0.55f), Texture.Coverage(path, footprint));
    }

    private Vector3 Road(double x, double y, double inside, float footprint)
    {
        if (inside < 0)
        {
            float joints = Math.Max(Texture.Lines(x, 1.5, 0.04, footprint), Texture.Lines(inside, 0.7, 0.03, footprint));
            float dirt = Texture.Octaves(x, y, 4, footprint, seed + 50);
            return new Vector3(0.40f, 0.39f, 0.37f) * (Texture.Contrast(dirt, 0.3f) * (1 - (0.5f * joints)));
        }

        Vector3 asphalt = Asphalt(x, y, footprint);
        double fromAxis = RoadHalfWidth - inside;
        bool dash = (x / 6) - Math.Floor(x / 6) < 0.5;
        float paint = dash ? Texture.Coverage(0.08 - fromAxis, footprint) * Math.Min(1, 0.16f / footprint) : 0;
        paint = Math.Max(paint, Texture.Coverage(0.06 - Math.Abs(inside - 0.3), footprint) * Math.Min(1, 0.12f / footprint));
        float wear = 0.75f + (0.5f * ValueNoise.Sample(x / 0.4, y / 0.4, seed + 51));
        return Vector3.Lerp(asphalt, new Vector3(0.68f), paint * Math.Clamp(wear, 0, 1));
    }

    private Vector3 Asphalt(double x, double y, float footprint)
    {
        float grain = Texture.Octaves(x, y, 12, footprint, seed + 60);
        // Repaired rectangles and oil stains: what little there is to see on a street.
        double patchX = Math.Floor(x / 5.5);
        double patchY = Math.Floor(y / 3.1);
        float patch = (ValueNoise.Hash((int)patchX, (int)patchY, seed + 61) & 7) == 0 ? -0.45f : 0;
        float stains = Math.Min(0, Texture.Spots(x, y, 1.9, footprint, seed + 62));
        return new Vector3(0.115f, 0.115f, 0.12f) * Texture.Contrast((0.38f * grain) + patch + (0.5f * stains), 1);
    }

    private Vector3 CarPark(double x, double y, float footprint)
    {
        PlaneZone zone = layout.CarPark;
        double u = x - zone.X + zone.HalfX;
        double v = y - zone.Y + zone.HalfY;
        double rowPosition = v % SiteLayout.BayRowSpacing;
        float lines = 0;
        if (rowPosition < 2 * SiteLayout.BayDepth)
        {
            lines = Texture.Lines(u, SiteLayout.BayWidth, 0.12, footprint);
            lines = Math.Max(lines, Texture.Coverage(0.06 - Math.Abs(rowPosition - SiteLayout.BayDepth), footprint) * Math.Min(1, 0.12f / footprint));
        }

        float wear = 0.7f + (0.6f * ValueNoise.Sample(x / 0.5, y / 0.5, seed + 63));
        return Vector3.Lerp(Asphalt(x, y, footprint), new Vector3(0.62f), lines * Math.Clamp(wear, 0, 1));
    }

    private Vector3 Field(double x, double y, float footprint)
    {
        PlaneZone zone = layout.Field;
        double u = x - zone.X;
        double v = y - zone.Y;
        double border = Math.Min(zone.HalfX - Math.Abs(u), zone.HalfY - Math.Abs(v)) - 2;
        float line = Texture.Coverage(0.07 - Math.Abs(border), footprint);
        line = Math.Max(line, border > 0 ? Texture.Coverage(0.07 - Math.Abs(u), footprint) : 0);
        line = Math.Max(line, Texture.Coverage(0.07 - Math.Abs(Math.Sqrt((u * u) + (v * v)) - 4.5), footprint));
        float mown = ((int)Math.Floor(u / 4) & 1) == 0 ? 0.1f : -0.1f;
        float grass = Texture.Octaves(x, y, 10, footprint, seed + 80) + (0.7f * Texture.Spots(x, y, 0.7, footprint, seed + 81));
        Vector3 turf = new Vector3(0.12f, 0.23f, 0.07f) * Texture.Contrast((0.75f * grass) + mown, 0.9f);
        return Vector3.Lerp(turf, new Vector3(0.6f), line * Math.Min(1, 0.14f / footprint));
    }

    private Vector3 Meadow(double x, double y, float footprint)
    {
        float dryness = ValueNoise.Sample(x / 31, y / 31, seed) + (0.6f * ValueNoise.Sample(x / 11, y / 11, seed + 1))
            + (0.5f * ValueNoise.Sample(x / 3.7, y / 3.7, seed + 2));
        float soil = ValueNoise.Sample(x / 19, y / 19, seed + 3) + (0.7f * ValueNoise.Sample(x / 1.9, y / 1.9, seed + 4));
        Vector3 color = Vector3.Lerp(
            new Vector3(0.11f, 0.17f, 0.05f), new Vector3(0.33f, 0.29f, 0.14f), Math.Clamp(0.5f + (1.1f * dryness), 0, 1));
        color = Vector3.Lerp(color, new Vector3(0.27f, 0.20f, 0.13f), Math.Clamp((soil - 0.28f) * 5, 0, 1));
        float detail = Texture.Octaves(x, y, 1.7, footprint, seed + 10);
        float tufts = Texture.Spots(x, y, 1.3, footprint, seed + 30) + Texture.Spots(x, y, 0.43, footprint, seed + 31);
        return color * Texture.Contrast(detail + (0.55f * tufts), 0.95f);
    }
}
