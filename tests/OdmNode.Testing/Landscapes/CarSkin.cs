using System.Numerics;

namespace OdmNode.Testing.Landscapes;

/// <summary>Paint and glass of a car; the lower body and the cabin are two prisms of one colour.</summary>
internal sealed class CarSkin : IPrismSkin
{
    private static readonly Vector3[] Paints =
    [
        new(0.70f, 0.70f, 0.70f), new(0.05f, 0.05f, 0.06f), new(0.42f, 0.05f, 0.05f), new(0.06f, 0.12f, 0.36f),
        new(0.30f, 0.31f, 0.33f), new(0.60f, 0.55f, 0.12f), new(0.10f, 0.25f, 0.14f),
    ];

    private readonly Vector3 paint;
    private readonly bool cabin;

    public CarSkin(bool cabin, uint seed)
    {
        this.cabin = cabin;
        paint = Paints[ValueNoise.Mix(seed) % (uint)Paints.Length];
    }

    public Vector3 Wall(double along, double aboveEaves, double half, int face, float footprint) =>
        cabin ? new Vector3(0.04f, 0.05f, 0.06f) : paint * (aboveEaves < -0.5 ? 0.4f : 0.9f);

    public Vector3 Roof(double along, double across, double halfLength, double halfWidth, float footprint)
    {
        double rim = Math.Min(halfLength - Math.Abs(along), halfWidth - Math.Abs(across));
        return cabin
            ? Vector3.Lerp(new Vector3(0.05f, 0.06f, 0.08f), paint, Texture.Coverage(halfLength - 0.35 - Math.Abs(along), footprint))
            : paint * (1 - (0.35f * Texture.Coverage(0.06 - rim, footprint)));
    }
}
