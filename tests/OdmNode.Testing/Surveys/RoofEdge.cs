using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Surveys;

/// <summary>A straight edge of a roof, in map coordinates: east, north, height.</summary>
public sealed record RoofEdge(Vector3D From, Vector3D To);
