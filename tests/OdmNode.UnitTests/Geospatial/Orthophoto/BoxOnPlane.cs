using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Orthophoto;

/// <summary>A red box on a checkerboard plane, seen straight down by nine cameras with distorted lenses; the photos are ray-cast.</summary>
internal sealed class BoxOnPlane : IPhotoSource
{
    public const double BoxWest = 17;
    public const double BoxEast = 24;
    public const double BoxSouth = 14;
    public const double BoxNorth = 25;
    public const double BoxHeight = 6;
    private const double CameraHeight = 40;
    private readonly Dictionary<string, ImageBuffer> photos = new(StringComparer.Ordinal);

    public BoxOnPlane()
    {
        var rays = new Vector2D[Camera.Width * Camera.Height];
        for (int i = 0; i < rays.Length; i++)
        {
            rays[i] = Camera.Normalize(new Vector2D((i % Camera.Width) + 0.5, (i / Camera.Width) + 0.5));
        }

        var views = new List<OrthoView>();
        for (int i = 0; i < 9; i++)
        {
            var center = new Vector3D(4 + (16 * (i % 3)), 4 + (16 * (i / 3)), CameraHeight);
            var rotation = new Matrix3x3(1, 0, 0, 0, -1, 0, 0, 0, -1);
            string name = $"{i}.jpg";
            photos[name] = Photo(center, rays);
            views.Add(new OrthoView
            {
                Shot = new Shot(name, "camera", new RigidTransform(rotation, -(rotation * center))),
                Camera = Camera,
                PixelSizeMetres = CameraHeight / Camera.FocalX,
            });
        }

        Views = views;
    }

    public static BrownCamera Camera { get; } = new()
    {
        Width = 400, Height = 400, FocalX = 330, FocalY = 330, CenterX = 203, CenterY = 198, K1 = -0.06, K2 = 0.01, P1 = 0.001, P2 = -0.0007,
    };

    public static GroundGrid Grid { get; } = GroundGrid.Covering(0, 0, 40, 40, 0.12);

    public IReadOnlyList<OrthoView> Views { get; }

    public static bool IsBox(double x, double y) => x > BoxWest && x < BoxEast && y > BoxSouth && y < BoxNorth;

    public static bool IsLight(double x, double y) => ((int)Math.Floor(x / 2) + (int)Math.Floor(y / 2)) % 2 == 0;

    public static IReadOnlyList<ElevationTile> Surface()
    {
        GroundTile tile = Grid.Tiles(1024)[0];
        float[] heights = new float[tile.Width * tile.Height];
        for (int i = 0; i < heights.Length; i++)
        {
            heights[i] = IsBox(Grid.EastingOf(i % tile.Width), Grid.NorthingOf(i / tile.Width)) ? (float)BoxHeight : 0;
        }

        return [new ElevationTile(tile, heights, new CellOrigin[heights.Length])];
    }

    public ImageBuffer Get(string imageName, int level, CancellationToken cancellationToken) => PhotoPyramid.Reduced(photos[imageName], level);

    private static ImageBuffer Photo(Vector3D center, Vector2D[] rays)
    {
        var photo = new ImageBuffer(Camera.Width, Camera.Height, 3);
        for (int i = 0; i < rays.Length; i++)
        {
            // The ray reaches height h at center + (CameraHeight - h) * ray; y points south in the photo.
            double dx = rays[i].X;
            double dy = -rays[i].Y;
            bool box = false;
            for (double h = BoxHeight; h >= 0 && !box; h -= 0.1)
            {
                box = IsBox(center.X + ((CameraHeight - h) * dx), center.Y + ((CameraHeight - h) * dy));
            }

            byte shade = IsLight(center.X + (CameraHeight * dx), center.Y + (CameraHeight * dy)) ? (byte)210 : (byte)60;
            photo.Pixels[3 * i] = box ? (byte)200 : shade;
            photo.Pixels[(3 * i) + 1] = box ? (byte)20 : shade;
            photo.Pixels[(3 * i) + 2] = box ? (byte)20 : shade;
        }

        return photo;
    }
}
