using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm.Control;

/// <summary>How far the place that the marks of a surveyed point give is from the one surveyed.</summary>
/// <param name="Name">Name of the point.</param>
/// <param name="IsCheckPoint">Whether it took no part in the adjustment.</param>
/// <param name="IsRefuted">Whether the other control points show it to be confused, so that it was left out.</param>
/// <param name="Difference">Triangulated minus surveyed: east, north, up, metres.</param>
/// <param name="Marks">The marks in placed photos with the pixels at which the triangulated point is seen there.</param>
public sealed record ControlResidual(
    string Name, bool IsCheckPoint, bool IsRefuted, Vector3D Difference, IReadOnlyList<(ControlMark Mark, Vector2D Reprojected)> Marks);
