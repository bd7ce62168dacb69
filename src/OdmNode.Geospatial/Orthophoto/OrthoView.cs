using OdmNode.Geometry.Cameras;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>A placed photo that may colour the ground.</summary>
public sealed record OrthoView
{
    public required Shot Shot { get; init; }

    public required Camera Camera { get; init; }

    /// <summary>Size of a pixel on the ground below the camera, metres; views with finer pixels are preferred.</summary>
    public required double PixelSizeMetres { get; init; }

    /// <summary>Factors of red, green and blue that make the photos of a survey agree; see <see cref="ExposureSolver"/>.</summary>
    public ColorGain Gain { get; init; } = ColorGain.None;

    /// <summary>All placed photos of a reconstruction, in its order.</summary>
    /// <param name="reconstruction">Shots, cameras and tie points.</param>
    /// <param name="gains">One per shot, or null for none.</param>
    public static IReadOnlyList<OrthoView> Of(Reconstruction reconstruction, IReadOnlyList<ColorGain>? gains)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        double fallback = Elevation.GroundSampling.Metres(reconstruction) ?? 1;
        var views = new List<OrthoView>();
        for (int i = 0; i < reconstruction.Shots.Count; i++)
        {
            Shot shot = reconstruction.Shots[i];
            views.Add(new OrthoView
            {
                Shot = shot,
                Camera = reconstruction.CameraOf(shot),
                PixelSizeMetres = Elevation.GroundSampling.Metres(reconstruction, shot) ?? fallback,
                Gain = gains?[i] ?? ColorGain.None,
            });
        }

        return views;
    }
}
