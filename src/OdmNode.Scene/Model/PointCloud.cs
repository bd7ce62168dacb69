using OdmNode.Geometry.Linear;

namespace OdmNode.Scene.Model;

/// <summary>n coloured points with normals, laid out flat, positions relative to an origin so that floats suffice.</summary>
public sealed class PointCloud
{
    /// <summary>Full map coordinates (or world, without a map) of the zero of <see cref="Positions"/>.</summary>
    public required Vector3D Origin { get; init; }

    /// <summary>3n metres: east, north, up relative to <see cref="Origin"/>.</summary>
    public required float[] Positions { get; init; }

    /// <summary>3n components of unit vectors pointing out of the surface.</summary>
    public required float[] Normals { get; init; }

    /// <summary>3n bytes, red, green, blue.</summary>
    public required byte[] Colors { get; init; }

    /// <summary>n numbers of photos that agree on the point.</summary>
    public required byte[] Views { get; init; }

    public int Count => Views.Length;
}
