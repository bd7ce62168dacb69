using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Panoramas;

/// <summary>Stands perspective views in the place of pictures of the whole sphere, for all that looks at planes.</summary>
public static class PanoramaViews
{
    private const char Mark = '@';

    /// <summary>The reconstruction with the faces of its panoramas as photos of their own; itself when it has none.</summary>
    /// <remarks>
    /// A face is called <c>panorama.jpg@front</c> and has the tie points that lie nearest to its middle; one without any, such as the sky,
    /// is left out. A face's camera is the panorama's with the same mark.
    /// </remarks>
    public static Reconstruction Split(Reconstruction reconstruction)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        if (!reconstruction.Cameras.Values.Any(static camera => camera.Model == LensModel.Spherical))
        {
            return reconstruction;
        }

        Observation[] observations = [.. reconstruction.Points.Observations];
        var faceOf = new int[observations.Length];
        var used = new bool[reconstruction.Shots.Count, PanoramaFace.All.Count];
        for (int i = 0; i < observations.Length; i++)
        {
            (observations[i], faceOf[i]) = OnFace(reconstruction, observations[i]);
            used[observations[i].Shot, faceOf[i]] = true;
        }

        (Shot Shot, int Source, int Face)[] shots =
        [
            .. reconstruction.Shots.SelectMany((shot, source) => FacesOf(reconstruction, shot, source, used))
                .OrderBy(static entry => entry.Item1.ImageName, StringComparer.Ordinal),
        ];
        var indexOf = new Dictionary<(int Source, int Face), int>();
        for (int i = 0; i < shots.Length; i++)
        {
            indexOf[(shots[i].Source, shots[i].Face)] = i;
        }

        TiePoints points = reconstruction.Points;
        for (int i = 0; i < observations.Length; i++)
        {
            observations[i] = observations[i] with { Shot = indexOf[(observations[i].Shot, faceOf[i])] };
        }

        for (int point = 0; point < points.Count; point++)
        {
            observations.AsSpan(points.ObservationOffsets[point]..points.ObservationOffsets[point + 1]).Sort(
                static (a, b) => a.Shot != b.Shot ? a.Shot.CompareTo(b.Shot) : a.Feature.CompareTo(b.Feature));
        }

        return new Reconstruction
        {
            Cameras = new SortedDictionary<string, Camera>(
                reconstruction.Cameras.ToDictionary(
                    static entry => entry.Value.Model == LensModel.Spherical ? entry.Key + Mark : entry.Key,
                    static entry => entry.Value.Model == LensModel.Spherical ? PanoramaFace.CameraOf(entry.Value) : entry.Value),
                StringComparer.Ordinal),
            Shots = [.. shots.Select(static entry => entry.Shot)],
            Points = new TiePoints(points.Positions, points.Colors, points.ObservationOffsets, observations),
            MapFrame = reconstruction.MapFrame,
        };
    }

    /// <summary>Photo and face of a name that <see cref="Split"/> gave; null for the name of a photo.</summary>
    public static (string Panorama, PanoramaFace Face)? Parse(string imageName)
    {
        ArgumentNullException.ThrowIfNull(imageName);
        int mark = imageName.LastIndexOf(Mark);
        return mark > 0 && PanoramaFace.All.FirstOrDefault(face => imageName.AsSpan(mark + 1).SequenceEqual(face.Name)) is { } found
            ? (imageName[..mark], found)
            : null;
    }

    /// <summary>What a face shows of a panorama that was decoded at any scale, bilinear.</summary>
    /// <param name="panorama">The whole sphere, equirectangular.</param>
    /// <param name="face">Which way to look.</param>
    /// <param name="cancellationToken">Asked between rows.</param>
    /// <returns>A square of <see cref="PanoramaFace.SideOf"/> the panorama's width; no pixel is 0 in every channel.</returns>
    public static ImageBuffer Render(ImageBuffer panorama, PanoramaFace face, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(panorama);
        ArgumentNullException.ThrowIfNull(face);
        Camera sphere = Camera.Of(LensModel.Spherical, panorama.Width, panorama.Height, 0);
        Camera plane = PanoramaFace.CameraOf(sphere);
        Matrix3x3 panoramaFromFace = face.FaceFromPanorama.Transposed();
        var result = new ImageBuffer(plane.Width, plane.Height, panorama.Channels);
        for (int y = 0; y < result.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> row = result.Row(y);
            for (int x = 0; x < result.Width; x++)
            {
                var ray = new Vector3D((x + 0.5 - plane.CenterX) / plane.FocalX, (y + 0.5 - plane.CenterY) / plane.FocalY, 1);
                Sample(panorama, sphere.Project(panoramaFromFace * ray), row.Slice(x * panorama.Channels, panorama.Channels));
            }
        }

        return result;
    }

    private static (Observation OnFace, int Face) OnFace(Reconstruction reconstruction, Observation seen)
    {
        Camera camera = reconstruction.CameraOf(reconstruction.Shots[seen.Shot]);
        if (camera.Model != LensModel.Spherical)
        {
            return (seen, 0);
        }

        Vector3D ray = camera.Unproject(new Vector2D(seen.X, seen.Y));
        int face = PanoramaFace.Nearest(ray);
        Vector2D pixel = PanoramaFace.CameraOf(camera).Project(PanoramaFace.All[face].FaceFromPanorama * ray);
        return (seen with { X = (float)pixel.X, Y = (float)pixel.Y }, face);
    }

    private static IEnumerable<(Shot, int Source, int Face)> FacesOf(Reconstruction reconstruction, Shot shot, int source, bool[,] used)
    {
        if (reconstruction.CameraOf(shot).Model != LensModel.Spherical)
        {
            yield return (shot, source, 0);
            yield break;
        }

        for (int i = 0; i < PanoramaFace.All.Count; i++)
        {
            if (used[source, i])
            {
                PanoramaFace face = PanoramaFace.All[i];
                yield return (
                    new Shot(
                        $"{shot.ImageName}{Mark}{face.Name}",
                        shot.CameraId + Mark,
                        new RigidTransform(face.FaceFromPanorama, Vector3D.Zero) * shot.CameraFromWorld),
                    source,
                    i);
            }
        }
    }

    private static void Sample(ImageBuffer panorama, Vector2D at, Span<byte> pixel)
    {
        double left = at.X - 0.5;
        double top = Math.Clamp(at.Y - 0.5, 0, panorama.Height - 1);
        int x = (int)Math.Floor(left);
        int y = (int)top;
        (double dx, double dy) = (left - x, top - y);
        // The right edge goes on at the left one.
        int x0 = ((x % panorama.Width) + panorama.Width) % panorama.Width * pixel.Length;
        int x1 = (((x + 1) % panorama.Width) + panorama.Width) % panorama.Width * pixel.Length;
        ReadOnlySpan<byte> upper = panorama.Row(y);
        ReadOnlySpan<byte> lower = panorama.Row(Math.Min(y + 1, panorama.Height - 1));
        for (int c = 0; c < pixel.Length; c++)
        {
            double value = ((1 - dy) * (((1 - dx) * upper[x0 + c]) + (dx * upper[x1 + c])))
                + (dy * (((1 - dx) * lower[x0 + c]) + (dx * lower[x1 + c])));
            pixel[c] = (byte)Math.Max(1, value + 0.5);
        }
    }
}
