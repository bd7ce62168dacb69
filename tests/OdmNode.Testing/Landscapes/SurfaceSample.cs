using System.Numerics;

namespace OdmNode.Testing.Landscapes;

/// <summary>What a ray sees.</summary>
/// <param name="Light">Linear red, green, blue; 1 is white in full sun.</param>
/// <param name="Surface">The same for neighbours on one face, both lit or both in shade; another across every edge.</param>
/// <param name="Distance">In multiples of the ray's direction; infinite in the sky.</param>
internal readonly record struct SurfaceSample(Vector3 Light, int Surface, double Distance);
