using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Robust;
using OdmNode.Geometry.Transforms;

namespace OdmNode.UnitTests.Geometry.TwoView;

/// <summary>Random points before two cameras whose relative pose is known.</summary>
internal sealed class TwoViewScene
{
    public TwoViewScene(ulong seed, int count, bool planar = false, bool turnedOnly = false, double noise = 0)
    {
        var random = new RandomSource(seed);
        double Uniform(double from, double to) => from + ((to - from) * random.NextDouble());
        Vector3D direction = new Vector3D(Uniform(-1, 1), Uniform(-1, 1), Uniform(-0.4, 0.4)).Normalized();
        BFromA = new RigidTransform(
            Rotations.FromAxisAngle(new Vector3D(Uniform(-0.3, 0.3), Uniform(-0.3, 0.3), Uniform(-1, 1))),
            turnedOnly ? Vector3D.Zero : direction);
        A = new Vector3D[count];
        B = new Vector3D[count];
        for (int i = 0; i < count; i++)
        {
            (double x, double y) = (Uniform(-2, 2), Uniform(-2, 2));
            double z = planar ? 4 + (0.2 * x) - (0.1 * y) : Uniform(3, 6);
            Vector3D inA = new(x, y, z);
            A[i] = Noisy(inA, noise, random);
            B[i] = Noisy(BFromA * inA, noise, random);
        }
    }

    public RigidTransform BFromA { get; }

    public Vector3D[] A { get; }

    public Vector3D[] B { get; }

    private static Vector3D Noisy(Vector3D point, double noise, RandomSource random) => new(
        (point.X / point.Z) + (noise * random.NextGaussian()), (point.Y / point.Z) + (noise * random.NextGaussian()), 1);
}
