using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;
using OdmNode.Sfm.Alignment;

namespace OdmNode.Sfm.Registration;

/// <summary>Turns a finished block into the shared nouns.</summary>
internal static class ResultBuilder
{
    public static Reconstruction Reconstruct(Block block)
    {
        var shotOf = new int[block.IsPlaced.Length];
        var shots = new List<Shot>();
        var cameras = new SortedDictionary<string, Camera>(StringComparer.Ordinal);
        for (int photo = 0; photo < shotOf.Length; photo++)
        {
            if (block.IsPlaced[photo])
            {
                SfmPhoto source = block.Input.Photos[photo];
                shotOf[photo] = shots.Count;
                shots.Add(block.ShotOf(photo));
                cameras[source.CameraId] = block.LensOf(photo);
            }
        }

        return new Reconstruction
        {
            Cameras = cameras,
            Shots = shots,
            Points = Collect(block, shotOf),
            MapFrame = block.IsGeoreferenced ? block.Input.MapFrame : null,
        };
    }

    public static PositionResiduals Residuals(Block block)
    {
        var residuals = new List<PositionResidual>();
        for (int photo = 0; photo < block.IsPlaced.Length && block.IsGeoreferenced; photo++)
        {
            if (block.IsPlaced[photo] && block.Input.Photos[photo].Position is { } prior)
            {
                residuals.Add(new PositionResidual(
                    block.Input.Photos[photo].ImageName, block.CameraFromWorld[photo].Center - prior.Position));
            }
        }

        return new PositionResiduals(residuals);
    }

    private static TiePoints Collect(Block block, int[] shotOf)
    {
        List<int> tracks = block.TracksWithPoint();
        var positions = new Vector3D[tracks.Count];
        var colors = new byte[3 * tracks.Count];
        var offsets = new int[tracks.Count + 1];
        var observations = new List<Observation>();
        for (int i = 0; i < tracks.Count; i++)
        {
            int track = tracks[i];
            positions[i] = block.Points[track];
            (int red, int green, int blue, int n) = (0, 0, 0, 0);
            for (int e = block.Tracks.Offsets[track]; e < block.Tracks.Offsets[track + 1]; e++)
            {
                if (!block.IsUsed[e])
                {
                    continue;
                }

                int photo = block.Tracks.Photos[e];
                int feature = block.Tracks.Features[e];
                SfmPhoto source = block.Input.Photos[photo];
                observations.Add(new Observation(
                    shotOf[photo], feature, source.Positions[2 * feature], source.Positions[(2 * feature) + 1], source.Scales[feature]));
                red += source.Colors[3 * feature];
                green += source.Colors[(3 * feature) + 1];
                blue += source.Colors[(3 * feature) + 2];
                n++;
            }

            colors[3 * i] = (byte)(red / n);
            colors[(3 * i) + 1] = (byte)(green / n);
            colors[(3 * i) + 2] = (byte)(blue / n);
            offsets[i + 1] = observations.Count;
        }

        return new TiePoints(positions, colors, offsets, [.. observations]);
    }
}
