using System.Numerics;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>Reads the points of one depth map that lie in a rectangle of the map.</summary>
internal sealed class SurfaceReader
{
    private const int Block = 32;
    private readonly DepthMap map;
    private readonly byte[] colors;
    private readonly MapPolynomial polynomial;
    private readonly RigidTransform worldFromCamera;
    private readonly Matrix3x3 mapFromCameraDirections;

    public SurfaceReader(FusionView view, MapPolynomial polynomial)
    {
        map = view.Map;
        colors = view.Colors.Pixels;
        this.polynomial = polynomial;
        worldFromCamera = map.CameraFromWorld.Inverse();
        mapFromCameraDirections = polynomial.Linear * worldFromCamera.Rotation;
    }

    /// <summary>Adds the samples of all pixels, block after block: to one cloud those that enough photos agree on, to the other the rest.</summary>
    public void AddTo(
        VoxelCloud confirmed, VoxelCloud unsure, MapRectangle area, int minViews, CancellationToken cancellationToken)
    {
        PinholeCamera camera = map.Camera;
        for (int top = 0; top < camera.Height; top += Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int left = 0; left < camera.Width; left += Block)
            {
                int right = Math.Min(left + Block, camera.Width);
                int bottom = Math.Min(top + Block, camera.Height);
                if (Touches(area, left, top, right, bottom))
                {
                    AddBlock(confirmed, unsure, area, minViews, left, top, right, bottom);
                }
            }
        }
    }

    /// <summary>Whether the box of view of a block, between its nearest and its farthest depth, may reach into the area.</summary>
    private bool Touches(in MapRectangle area, int left, int top, int right, int bottom)
    {
        float nearest = float.PositiveInfinity;
        float farthest = 0;
        for (int y = top; y < bottom; y++)
        {
            foreach (float depth in map.Depth.AsSpan((y * map.Camera.Width) + left, right - left))
            {
                nearest = depth > 0 ? MathF.Min(nearest, depth) : nearest;
                farthest = MathF.Max(farthest, depth);
            }
        }

        if (farthest <= 0)
        {
            return false;
        }

        double west = double.PositiveInfinity, south = west, east = double.NegativeInfinity, north = east;
        foreach (float depth in (ReadOnlySpan<float>)[nearest, farthest])
        {
            foreach ((int x, int y) in (ReadOnlySpan<(int X, int Y)>)[(left, top), (right, top), (left, bottom), (right, bottom)])
            {
                Vector3D point = OnMap(x, y, depth);
                (west, east) = (Math.Min(west, point.X), Math.Max(east, point.X));
                (south, north) = (Math.Min(south, point.Y), Math.Max(north, point.Y));
            }
        }

        return area.Overlaps(new MapRectangle(west, south, east, north));
    }

    private void AddBlock(
        VoxelCloud confirmed, VoxelCloud unsure, in MapRectangle area, int minViews, int left, int top, int right, int bottom)
    {
        int width = map.Camera.Width;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                int pixel = (y * width) + x;
                float depth = map.Depth[pixel];
                if (depth <= 0)
                {
                    continue;
                }

                Vector3D point = OnMap(x + 0.5, y + 0.5, depth);
                if (area.Contains(point.X, point.Y))
                {
                    var color = new Vector3(colors[3 * pixel], colors[(3 * pixel) + 1], colors[(3 * pixel) + 2]);
                    VoxelCloud cloud = map.Confidence[pixel] < minViews ? unsure : confirmed;
                    cloud.Add(point, NormalAt(x, y, depth), color, map.Confidence[pixel], 1 / (depth * depth));
                }
            }
        }
    }

    private Vector3D OnMap(double x, double y, double depth) =>
        polynomial.Apply(worldFromCamera * map.Camera.Unproject(x, y, depth));

    /// <summary>Normal of the surface through the pixel and its neighbours, towards the camera; from the nearer side at an edge.</summary>
    private Vector3 NormalAt(int x, int y, float depth)
    {
        PinholeCamera camera = map.Camera;
        float slopeX = Slope(depth, x > 0 ? At(x - 1, y) : 0, x + 1 < camera.Width ? At(x + 1, y) : 0);
        float slopeY = Slope(depth, y > 0 ? At(x, y - 1) : 0, y + 1 < camera.Height ? At(x, y + 1) : 0);
        double rayX = (x + 0.5 - camera.CenterX) / camera.Focal;
        double rayY = (y + 0.5 - camera.CenterY) / camera.Focal;

        // The surface is z(u, v) · (rayX, rayY, 1): the cross product of its derivatives along v and u.
        double pixel = depth / camera.Focal;
        var normal = new Vector3D(slopeX, slopeY, -(pixel + (slopeX * rayX) + (slopeY * rayY)));
        Vector3D onMap = (mapFromCameraDirections * normal).Normalized();
        return new Vector3((float)onMap.X, (float)onMap.Y, (float)onMap.Z);
    }

    private float At(int x, int y) => map.Depth[(y * map.Camera.Width) + x];

    private static float Slope(float depth, float before, float after)
    {
        float back = before > 0 ? depth - before : float.NaN;
        float forth = after > 0 ? after - depth : float.NaN;
        if (float.IsNaN(back) && float.IsNaN(forth))
        {
            return 0;
        }

        bool useBack = float.IsNaN(forth) || MathF.Abs(back) < MathF.Abs(forth);
        bool alike = !float.IsNaN(back) && !float.IsNaN(forth) && MathF.Abs(back - forth) < 0.002f * depth;
        return alike ? 0.5f * (back + forth) : useBack ? back : forth;
    }
}
