using System.Numerics;

namespace OdmNode.Testing.Landscapes;

/// <summary>Plastered walls with windows; tiles on a gabled roof, gravel and sheets on a flat one.</summary>
internal sealed class BuildingSkin : IPrismSkin
{
    private readonly bool gabled;
    private readonly Vector3 wall;
    private readonly Vector3 roof;
    private readonly uint seed;

    public BuildingSkin(bool gabled, uint seed)
    {
        this.gabled = gabled;
        this.seed = seed;
        Vector3[] walls = [new(0.62f, 0.58f, 0.48f), new(0.55f, 0.50f, 0.45f), new(0.66f, 0.66f, 0.64f), new(0.45f, 0.24f, 0.17f)];
        Vector3[] tiles = [new(0.36f, 0.13f, 0.08f), new(0.28f, 0.15f, 0.10f), new(0.17f, 0.17f, 0.18f), new(0.40f, 0.20f, 0.12f)];
        Vector3[] flats = [new(0.42f, 0.41f, 0.38f), new(0.30f, 0.30f, 0.31f), new(0.50f, 0.49f, 0.46f)];
        wall = walls[ValueNoise.Mix(seed) % walls.Length];
        roof = gabled ? tiles[ValueNoise.Mix(seed + 1) % tiles.Length] : flats[ValueNoise.Mix(seed + 2) % flats.Length];
    }

    public Vector3 Wall(double along, double aboveEaves, double half, int face, float footprint)
    {
        uint texture = seed + 10 + ((uint)face * 20);
        Vector3 plaster = wall * Texture.Contrast(Texture.Octaves(along, aboveEaves, 3, footprint, texture), 0.35f);
        double storey = -aboveEaves / 3.0;
        double axis = along / 3.2;
        double v = Math.Abs(storey - Math.Floor(storey) - 0.5) * 3.0;
        double u = Math.Abs(axis - Math.Round(axis)) * 3.2;
        if (aboveEaves > -0.3 || half - Math.Abs(along) < 1)
        {
            return plaster;
        }

        float frame = Texture.Coverage(Math.Min(0.75 - u, 0.85 - v), footprint);
        float pane = Texture.Coverage(Math.Min(Math.Min(0.66 - u, u - 0.03), 0.76 - v), footprint);
        return Vector3.Lerp(Vector3.Lerp(plaster, new Vector3(0.7f), frame), new Vector3(0.05f, 0.07f, 0.09f), pane);
    }

    public Vector3 Roof(double along, double across, double halfLength, double halfWidth, float footprint) =>
        gabled ? Tiles(along, across, footprint) : Flat(along, across, halfLength, halfWidth, footprint);

    private Vector3 Tiles(double along, double across, float footprint)
    {
        const double course = 0.34;
        const double width = 0.26;
        double row = Math.Floor(Math.Abs(across) / course);
        double shifted = along + (((int)row & 1) * 0.5 * width);
        double column = Math.Floor(shifted / width);
        // Each tile has its own tone, as long as one can be told from the next.
        float tone = ValueNoise.Unit(ValueNoise.Hash((int)column, (int)row * Math.Sign(across), seed + 31)) - 0.5f;
        float lap = Texture.Lines(Math.Abs(across), course, 0.07, footprint);
        float seam = Texture.Lines(shifted, width, 0.03, footprint);
        float weather = Texture.Octaves(along, across, 5, footprint, seed + 32);
        float moss = Math.Max(0, ValueNoise.Sample(along / 1.1, across / 0.8, seed + 48) - 0.22f);
        float contrast = Texture.Contrast((0.7f * tone * Texture.Visibility(width, footprint)) + (0.6f * weather), 0.9f);
        Vector3 clay = Vector3.Lerp(roof, new Vector3(0.16f, 0.18f, 0.09f), Math.Min(1, 3 * moss));
        float ridge = Texture.Coverage(0.18 - Math.Abs(across), footprint);
        return clay * (contrast * (1 - (0.4f * lap)) * (1 - (0.25f * seam)) * (1 + (0.35f * ridge)));
    }

    private Vector3 Flat(double along, double across, double halfLength, double halfWidth, float footprint)
    {
        double rim = Math.Min(halfLength - Math.Abs(along), halfWidth - Math.Abs(across));
        float gravel = Texture.Octaves(along, across, 7, footprint, seed + 40)
            + (0.7f * Texture.Spots(along, across, 0.34, footprint, seed + 55));
        float seam = Texture.Lines(along, 1.9, 0.05, footprint);
        Vector3 cover = roof * (Texture.Contrast(gravel, 0.6f) * (1 - (0.35f * seam)));
        // Skylights in a row, and the light sheet metal of the rim.
        double u = Math.Abs(along - (4.2 * Math.Round(along / 4.2)));
        float light = Texture.Coverage(Math.Min(0.6 - u, 0.5 - Math.Abs(across - 1.2)), footprint) * (rim > 1.5 ? 1 : 0);
        float inner = Texture.Coverage(Math.Min(0.48 - u, 0.38 - Math.Abs(across - 1.2)), footprint) * light;
        cover = Vector3.Lerp(Vector3.Lerp(cover, new Vector3(0.62f), light), new Vector3(0.13f, 0.19f, 0.24f), inner);
        float sheet = Texture.Contrast(Texture.Octaves(along, across, 2, footprint, seed + 57), 0.25f);
        return Vector3.Lerp(cover, new Vector3(0.58f, 0.58f, 0.56f) * sheet, Texture.Coverage(0.28 - rim, footprint));
    }
}
