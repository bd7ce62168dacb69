namespace OdmNode.Testing.Landscapes;

/// <summary>The bare ground: gentle relief, with plane zones levelled into it. A function, defined everywhere.</summary>
internal sealed class Terrain
{
    private readonly double relief;
    private readonly uint seed;
    private readonly PlaneZone[] zones;

    /// <param name="relief">Height between the lowest and the highest possible ground outside the zones, metres.</param>
    /// <param name="seed">Selects the hills.</param>
    /// <param name="zones">Must not overlap, falloff included.</param>
    public Terrain(double relief, uint seed, PlaneZone[] zones)
    {
        this.relief = relief;
        this.seed = seed;
        this.zones = zones;
    }

    /// <summary>Height of the ground, metres, in the frame of the survey.</summary>
    public double HeightAt(double x, double y) => HeightAt(x, y, out _, out _);

    /// <summary>Height of the ground and its slopes towards east and north.</summary>
    public double HeightAt(double x, double y, out double slopeX, out double slopeY)
    {
        double height = Hills(x, y, out slopeX, out slopeY);
        foreach (PlaneZone zone in zones)
        {
            double weight = zone.Weight(x, y, out double weightX, out double weightY);
            if (weight > 0)
            {
                double plane = zone.HeightAt(x, y);
                slopeX = (slopeX * (1 - weight)) + (weight * zone.SlopeX) + (weightX * (plane - height));
                slopeY = (slopeY * (1 - weight)) + (weight * zone.SlopeY) + (weightY * (plane - height));
                return height + (weight * (plane - height));
            }
        }

        return height;
    }

    /// <summary>The relief without the zones; decides at which height a zone is levelled.</summary>
    public double Hills(double x, double y, out double slopeX, out double slopeY)
    {
        const double longWave = 170;
        const double shortWave = 73;
        double a = ValueNoise.SampleSmooth(x / longWave, y / longWave, seed, out double ax, out double ay);
        double b = ValueNoise.SampleSmooth(x / shortWave, y / shortWave, seed + 1, out double bx, out double by);
        slopeX = relief * ((0.7 * ax / longWave) + (0.3 * bx / shortWave));
        slopeY = relief * ((0.7 * ay / longWave) + (0.3 * by / shortWave));
        return relief * ((0.7 * a) + (0.3 * b));
    }
}
