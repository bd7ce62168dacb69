using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;

namespace OdmNode.Engine.Stages;

/// <summary>The surface of a survey: its tiles and the area to which products are cut.</summary>
public sealed record SurfaceRecord
{
    public required TileGrid Tiles { get; init; }

    /// <summary>Corners x, y, x, y of the outline, map coordinates.</summary>
    public required double[] Outline { get; init; }

    /// <summary>Lowest and highest measured height, metres.</summary>
    public required float Lowest { get; init; }

    /// <inheritdoc cref="Lowest"/>
    public required float Highest { get; init; }

    /// <summary>Noise of a height, metres.</summary>
    public required double NoiseMetres { get; init; }

    public CropPolygon Polygon()
    {
        var corners = new Vector2D[Outline.Length / 2];
        for (int i = 0; i < corners.Length; i++)
        {
            corners[i] = new Vector2D(Outline[2 * i], Outline[(2 * i) + 1]);
        }

        return new CropPolygon(corners);
    }
}
