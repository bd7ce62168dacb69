using System.Numerics;
using OdmNode.Dense.Fusion;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>Averages the distances from the surfaces that the photos see.</summary>
/// <remarks>
/// B. Curless and M. Levoy, A volumetric method for building complex models from range images, SIGGRAPH 1996. Space before
/// a surface is empty, so that what one photo sees wrongly is carved away by those that see through it; space behind one is
/// solid as long as no photo sees into it, which gives walls that nobody looked at.
/// </remarks>
internal sealed class DistanceFuser
{
    private const int BlocksBetweenChecks = 256;

    /// <summary>Weights beyond make no difference: so many good photos.</summary>
    private const float MostPixelWeight = 4;

    private readonly VoxelLattice lattice;
    private readonly MapFrame? frame;
    private readonly DistanceView[] views;
    private readonly MeshOptions options;
    private readonly float truncation;

    public DistanceFuser(VoxelLattice lattice, MapFrame? frame, IReadOnlyList<DistanceView> views, MeshOptions options)
    {
        this.lattice = lattice;
        this.frame = frame;
        this.views = [.. views];
        this.options = options;
        truncation = (float)(options.TruncationVoxels * lattice.Resolution);
    }

    public void Fill(VoxelVolume volume, CancellationToken cancellationToken)
    {
        for (int block = 0; block < volume.Count; block++)
        {
            if (block % BlocksBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Fill(volume, block);
        }
    }

    private void Fill(VoxelVolume volume, int block)
    {
        (int blockX, int blockY, int blockZ) = volume.PlaceOf(block);
        int x = blockX * VoxelVolume.Edge;
        int y = blockY * VoxelVolume.Edge;
        int z = blockZ * VoxelVolume.Edge;
        Vector3D corner = lattice.PlaceOf(x, y, z);
        double edge = VoxelVolume.Edge * lattice.Resolution;
        var area = new MapRectangle(corner.X, corner.Y, corner.X + edge, corner.Y + edge);

        // Exact at four corners of the block and linear between, so that its distances do not depend on the tile.
        Vector3D inWorld = WorldOf(corner);
        Vector3D east = (1.0 / VoxelVolume.Edge) * (WorldOf(corner + new Vector3D(edge, 0, 0)) - inWorld);
        Vector3D north = (1.0 / VoxelVolume.Edge) * (WorldOf(corner + new Vector3D(0, edge, 0)) - inWorld);
        Vector3D up = (1.0 / VoxelVolume.Edge) * (WorldOf(corner + new Vector3D(0, 0, edge)) - inWorld);
        Span<float> distance = volume.Distance.AsSpan(block * VoxelVolume.Voxels, VoxelVolume.Voxels);
        Span<float> weight = volume.Weight.AsSpan(block * VoxelVolume.Voxels, VoxelVolume.Voxels);
        foreach (DistanceView view in views)
        {
            if (view.Bounds.Overlaps(area))
            {
                RigidTransform camera = view.Map.CameraFromWorld;
                var ray = new BlockRay(
                    ToFloat(camera * inWorld), ToFloat(camera.Rotation * east), ToFloat(camera.Rotation * north), ToFloat(camera.Rotation * up));
                if (MaySee(view.Map.Camera, ray))
                {
                    Add(view, ray, distance, weight);
                }
            }
        }

        for (int i = 0; i < distance.Length; i++)
        {
            distance[i] = weight[i] > 0 ? distance[i] / (weight[i] * truncation) : 0;
        }
    }

    private void Add(DistanceView view, in BlockRay ray, Span<float> distances, Span<float> weights)
    {
        PinholeCamera camera = view.Map.Camera;
        ReadOnlySpan<float> depth = view.Map.Depth;
        ReadOnlySpan<byte> confidence = view.Map.Confidence;
        int width = camera.Width;
        float focal = (float)camera.Focal;
        float centerX = (float)camera.CenterX - 0.5f;
        float centerY = (float)camera.CenterY - 0.5f;
        float lastX = width - 1;
        float lastY = camera.Height - 1;
        float pixelsPerVoxel = (float)(camera.Focal * lattice.Resolution);
        int voxel = 0;
        for (int z = 0; z < VoxelVolume.Edge; z++)
        {
            for (int y = 0; y < VoxelVolume.Edge; y++)
            {
                Vector3 point = ray.Corner + (y * ray.North) + (z * ray.Up);
                for (int x = 0; x < VoxelVolume.Edge; x++, voxel++, point += ray.East)
                {
                    float scale = focal / point.Z;
                    float u = (point.X * scale) + centerX;
                    float v = (point.Y * scale) + centerY;
                    if (!(point.Z > 0 && u >= 0 && v >= 0 && u < lastX && v < lastY))
                    {
                        continue;
                    }

                    int pixel = ((int)v * width) + (int)u;
                    float fractionX = u - (int)u;
                    float fractionY = v - (int)v;
                    int nearest = pixel + (fractionX >= 0.5f ? 1 : 0) + (fractionY >= 0.5f ? width : 0);
                    float seen = depth[nearest];
                    if (seen <= 0)
                    {
                        continue;
                    }

                    float upperLeft = depth[pixel];
                    float upperRight = depth[pixel + 1];
                    float lowerLeft = depth[pixel + width];
                    float lowerRight = depth[pixel + width + 1];
                    float least = MathF.Min(MathF.Min(upperLeft, upperRight), MathF.Min(lowerLeft, lowerRight));
                    float most = MathF.Max(MathF.Max(upperLeft, upperRight), MathF.Max(lowerLeft, lowerRight));
                    if (least > 0 && most - least < truncation)
                    {
                        float upper = upperLeft + (fractionX * (upperRight - upperLeft));
                        float lower = lowerLeft + (fractionX * (lowerRight - lowerLeft));
                        seen = upper + (fractionY * (lower - upper));
                    }

                    float slant = view.ScaleAt(nearest);
                    float value = (seen - point.Z) * slant;
                    float pixels = pixelsPerVoxel / seen * slant;
                    float weight = MathF.Min(pixels * pixels, MostPixelWeight);
                    bool unsure = confidence[nearest] < options.MinViews;
                    weight *= unsure ? options.UnsureWeight : 1;
                    if (value > truncation)
                    {
                        value = truncation;
                        weight *= unsure ? 0 : options.EmptyWeight;
                    }
                    else if (value < -truncation)
                    {
                        value = -truncation;
                        weight *= options.HiddenWeight;
                    }

                    distances[voxel] += weight * value;
                    weights[voxel] += weight;
                }
            }
        }
    }

    /// <summary>Whether a sphere around the block meets the frame of a photo.</summary>
    private static bool MaySee(in PinholeCamera camera, in BlockRay ray)
    {
        Vector3 half = (0.5f * VoxelVolume.Edge) * (ray.East + ray.North + ray.Up);
        Vector3 middle = ray.Corner + half;
        float radius = half.Length();
        if (middle.Z <= radius)
        {
            return middle.Z > -radius;
        }

        float reach = (float)camera.Focal * radius * 1.5f / (middle.Z - radius);
        float x = ((float)camera.Focal * middle.X / middle.Z) + (float)camera.CenterX;
        float y = ((float)camera.Focal * middle.Y / middle.Z) + (float)camera.CenterY;
        return x > -reach && y > -reach && x < camera.Width + reach && y < camera.Height + reach;
    }

    private Vector3D WorldOf(Vector3D place) => frame is null ? place : frame.WorldFromMap(place);

    private static Vector3 ToFloat(Vector3D v) => new((float)v.X, (float)v.Y, (float)v.Z);

    /// <summary>A block in the frame of a camera: its corner and the steps from voxel to voxel.</summary>
    private readonly record struct BlockRay(Vector3 Corner, Vector3 East, Vector3 North, Vector3 Up);
}
