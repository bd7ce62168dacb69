using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Rendering;

/// <summary>The undistorted direction of every pixel's centre, on the plane z = 1 or, of a wide lens, of length 1; computed once for a lens.</summary>
internal sealed class RayTable
{
    private readonly float[] directions;

    public RayTable(Camera camera, int parallelism)
    {
        Camera = camera;
        directions = new float[3 * camera.Width * camera.Height];
        Parallel.For(0, camera.Height, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, y =>
        {
            for (int x = 0; x < camera.Width; x++)
            {
                Vector3D direction = camera.ImagePoint(new Vector2D(x + 0.5, y + 0.5));
                int at = 3 * ((y * camera.Width) + x);
                directions[at] = (float)direction.X;
                directions[at + 1] = (float)direction.Y;
                directions[at + 2] = (float)direction.Z;
            }
        });
    }

    public Camera Camera { get; }

    /// <summary>Direction of a pixel's centre.</summary>
    public Vector3D this[int x, int y]
    {
        get
        {
            int at = 3 * ((y * Camera.Width) + x);
            return new Vector3D(directions[at], directions[at + 1], directions[at + 2]);
        }
    }

    /// <summary>Direction beside a pixel's centre, by the pixel's own slope: the lens is smooth enough for that.</summary>
    public Vector3D Near(int x, int y, double offsetX, double offsetY)
    {
        Vector3D here = this[x, y];
        int left = Math.Min(x, Camera.Width - 2);
        int top = Math.Min(y, Camera.Height - 2);
        Vector3D right = this[left + 1, y] - this[left, y];
        Vector3D down = this[x, top + 1] - this[x, top];
        return here + (offsetX * right) + (offsetY * down);
    }
}
