using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Landscapes;

/// <summary>A landscape and what is known about it.</summary>
/// <param name="Landscape">What is photographed.</param>
/// <param name="Marks">Centres of the survey marks, on the ground.</param>
/// <param name="RoofEdges">Straight upper edges of the buildings.</param>
/// <param name="Zones">Rectangles of plane ground: car park, field, lawn.</param>
internal sealed record Site(
    Landscape Landscape, IReadOnlyList<Vector3D> Marks, IReadOnlyList<(Vector3D From, Vector3D To)> RoofEdges,
    IReadOnlyList<PlaneZone> Zones);
