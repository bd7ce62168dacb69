using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OdmNode.Testing.Landscapes;

/// <summary>Seeded value noise on an integer lattice: random numbers at the lattice points, smooth between them.</summary>
/// <remarks>A pure function of position and seed, so that a texture has no size and needs no memory.</remarks>
internal static class ValueNoise
{
    /// <summary>A well mixed 32-bit hash of a lattice point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Hash(int x, int y, uint seed) => Mix(((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ seed);

    /// <summary>A well mixed 32-bit hash of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(uint h)
    {
        h ^= h >> 15;
        h *= 0x2C1B3C6Du;
        h ^= h >> 12;
        h *= 0x297A2D39u;
        return h ^ (h >> 15);
    }

    /// <summary>A number in [0, 1) from some bits of a hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Unit(uint hash) => (hash >> 8) * (1.0f / (1 << 24));

    /// <summary>Noise in [-0.5, 0.5) with continuous first derivatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sample(double x, double y, uint seed)
    {
        double floorX = Math.Floor(x);
        double floorY = Math.Floor(y);
        float fx = (float)(x - floorX);
        float fy = (float)(y - floorY);
        uint x0 = (uint)(int)floorX * 0x9E3779B1u;
        uint y0 = (uint)(int)floorY * 0x85EBCA77u;
        // Lanes: the four corners (0,0) (1,0) (0,1) (1,1).
        Vector128<uint> h = Vector128.Create(x0, x0 + 0x9E3779B1u, x0, x0 + 0x9E3779B1u)
            ^ Vector128.Create(y0, y0, y0 + 0x85EBCA77u, y0 + 0x85EBCA77u) ^ Vector128.Create(seed);
        h ^= Vector128.ShiftRightLogical(h, 15);
        h *= Vector128.Create(0x2C1B3C6Du);
        h ^= Vector128.ShiftRightLogical(h, 12);
        h *= Vector128.Create(0x297A2D39u);
        h ^= Vector128.ShiftRightLogical(h, 15);
        Vector128<float> v = Vector128.ConvertToSingle(Vector128.ShiftRightLogical(h, 8).AsInt32());
        float wx = fx * fx * (3 - (2 * fx));
        float wy = fy * fy * (3 - (2 * fy));
        Vector128<float> weights = Vector128.Create((1 - wx) * (1 - wy), wx * (1 - wy), (1 - wx) * wy, wx * wy);
        return (Vector128.Dot(v, weights) * (1.0f / (1 << 24))) - 0.5f;
    }

    /// <summary>Noise in [-0.5, 0.5) with continuous second derivatives, and its gradient.</summary>
    public static double SampleSmooth(double x, double y, uint seed, out double gradientX, out double gradientY)
    {
        double floorX = Math.Floor(x);
        double floorY = Math.Floor(y);
        double fx = x - floorX;
        double fy = y - floorY;
        int ix = (int)floorX;
        int iy = (int)floorY;
        double a = Unit(Hash(ix, iy, seed));
        double b = Unit(Hash(ix + 1, iy, seed));
        double c = Unit(Hash(ix, iy + 1, seed));
        double d = Unit(Hash(ix + 1, iy + 1, seed));
        double wx = fx * fx * fx * ((fx * ((fx * 6) - 15)) + 10);
        double wy = fy * fy * fy * ((fy * ((fy * 6) - 15)) + 10);
        double slopeX = 30 * fx * fx * ((fx * (fx - 2)) + 1);
        double slopeY = 30 * fy * fy * ((fy * (fy - 2)) + 1);
        double twist = a - b - c + d;
        gradientX = slopeX * (b - a + (wy * twist));
        gradientY = slopeY * (c - a + (wx * twist));
        return a + (wx * (b - a)) + (wy * (c - a)) + (wx * wy * twist) - 0.5;
    }
}
