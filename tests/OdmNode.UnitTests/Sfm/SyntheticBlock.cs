using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Sfm;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Shutter;

namespace OdmNode.UnitTests.Sfm;

/// <summary>Cameras and points with their truth, and the input that a perfect matcher, made worse on purpose, would give.</summary>
internal sealed class SyntheticBlock
{
    public static readonly MapFrame Map = new(new GeodeticPosition(46.8, -92.1, 200), new UtmZone(15, true), 500000, 5000000);

    public static readonly BrownCamera TrueLens = new()
    {
        Width = 4000, Height = 3000, FocalX = 3300, FocalY = 3300, CenterX = 2015, CenterY = 1490,
        K1 = -0.06, K2 = 0.03, K3 = -0.005, P1 = 0.0008, P2 = -0.0005,
    };

    /// <summary>The lens that the photos are taken with.</summary>
    public Camera Lens { get; init; } = TrueLens;

    private readonly Random random;
    private readonly List<RigidTransform> cameras = [];
    private readonly List<Vector3D> points = [];
    private readonly List<Vector3D> velocities = [];
    private readonly List<double?> times = [];

    public SyntheticBlock(int seed) => random = new Random(seed);

    public double PixelNoise { get; set; } = 0.3;

    public double OutlierShare { get; set; } = 0.2;

    public double FocalError { get; set; } = 0.05;

    public double PositionNoise { get; set; }

    /// <summary>Least standard deviation that positions state, metres.</summary>
    public double BestPositionSigma { get; set; } = 0.05;

    public bool HasPositions { get; set; } = true;

    public bool TellsPitch { get; set; }

    /// <summary>Metres a second along the flight lines of <see cref="AddFlight"/>.</summary>
    public double Speed { get; set; } = 12;

    /// <summary>In which a photo's rows are read, first to last, seconds.</summary>
    public double Readout { get; set; }

    /// <summary>Whether the reconstruction is told of the readout.</summary>
    public bool TellsReadout { get; set; }

    /// <summary>Whether photos hold the drone's own speed.</summary>
    public bool TellsSpeed { get; set; }

    public IReadOnlyList<RigidTransform> Cameras => cameras;

    public IReadOnlyList<Vector3D> Points => points;

    /// <summary>The true point of each keypoint of each photo, once <see cref="Build"/> was called.</summary>
    public IReadOnlyList<int[]> PointsOfPhoto { get; private set; } = [];

    /// <summary>Metres on the ground that a pixel of a photo from 80 m covers.</summary>
    public static double Gsd => 80 / TrueLens.FocalX;

    /// <summary>Points over hills of 12 m, in a rectangle of the local frame.</summary>
    public void AddGround(int count, double west, double south, double east, double north)
    {
        for (int i = 0; i < count; i++)
        {
            double x = west + (random.NextDouble() * (east - west));
            double y = south + (random.NextDouble() * (north - south));
            points.Add(new Vector3D(x, y, (6 * Math.Sin(x / 23)) + (6 * Math.Cos(y / 17)) + (3 * random.NextDouble())));
        }
    }

    public void AddPoint(Vector3D point) => points.Add(point);

    /// <summary>A camera that looks down but for a tilt towards its upper edge.</summary>
    public void AddCamera(double x, double y, double z, double headingDegrees, double pitchDegrees)
    {
        double heading = (headingDegrees + Gaussian()) * Math.PI / 180;
        double pitch = (pitchDegrees + Gaussian()) * Math.PI / 180;
        double roll = Gaussian() * Math.PI / 180;
        (double sh, double ch) = Math.SinCos(heading);
        var forward = new Vector3D(sh, ch, 0);
        var right = new Vector3D(ch, -sh, 0);
        var down = new Vector3D(0, 0, -1);
        Vector3D axis = (Math.Sin(pitch) * forward) + (Math.Cos(pitch) * down);
        Vector3D lower = Vector3D.Cross(axis, right);
        Matrix3x3 turn = Rotations.FromAxisAngle(roll * axis);
        Matrix3x3 rotation = Matrix3x3.FromRows(turn * right, turn * lower, axis);
        var center = new Vector3D(x, y, z);
        cameras.Add(new RigidTransform(rotation, -(rotation * center)));
        velocities.Add(Vector3D.Zero);
        times.Add(null);
    }

    /// <summary>Lines flown to and fro at 80 m and at <see cref="Speed"/>, 22 m from photo to photo, with a pause between them.</summary>
    /// <param name="photos">Of a line.</param>
    /// <param name="lines">Side by side.</param>
    /// <param name="turns">Whether the camera turns about with the drone.</param>
    /// <param name="sway">Metres by which every other photo lies beside the line.</param>
    public void AddFlight(int photos, int lines, bool turns, double sway = 0)
    {
        const double spacing = 22;
        for (int line = 0; line < lines; line++)
        {
            bool east = line % 2 == 0;
            for (int i = 0; i < photos; i++)
            {
                AddCamera(
                    (east ? i : photos - 1 - i) * spacing, (line * spacing * 1.4) + (i % 2 * sway), 80, east || !turns ? 90 : 270, 0);
                velocities[^1] = new Vector3D(east ? Speed : -Speed, 0, 0);
                times[^1] = (line * 1000) + (i * spacing / Speed);
            }
        }
    }

    /// <summary>Strips flown to and fro at 80 m, 20 m apart along the line.</summary>
    public void AddGrid(int columns, int rows, double spacing = 22)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                AddCamera(column * spacing, row * spacing * 1.4, 80 + Gaussian(), row % 2 == 0 ? 90 : 270, 0);
            }
        }
    }

    /// <summary>A surveyed point with a mark in every photo that sees it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="surveyed">Where it is said to be.</param>
    /// <param name="isCheckPoint">Whether it takes no part in the adjustment.</param>
    public ControlPoint Survey(string name, Vector3D place, Vector3D surveyed, bool isCheckPoint = false)
    {
        var marks = new List<ControlMark>();
        for (int photo = 0; photo < cameras.Count; photo++)
        {
            Vector3D p = cameras[photo] * place;
            if (p.Z > 1 && Math.Abs(p.X) < 0.5 * p.Z && Math.Abs(p.Y) < 0.4 * p.Z)
            {
                Vector2D pixel = Project(photo, p) + (0.5 * new Vector2D(Gaussian(), Gaussian()));
                marks.Add(new ControlMark(photo, pixel.X, pixel.Y));
            }
        }

        return new ControlPoint
        {
            Name = name, Position = surveyed, HorizontalSigma = 0.01, VerticalSigma = 0.02, IsCheckPoint = isCheckPoint, Marks = marks,
        };
    }

    public SfmInput Build()
    {
        var features = cameras.Select((_, i) => See(i)).ToList();
        PointsOfPhoto = [.. features.Select(static seen => seen.Select(static f => f.Point).ToArray())];
        var photos = new List<SfmPhoto>();
        for (int i = 0; i < cameras.Count; i++)
        {
            int n = features[i].Count;
            photos.Add(new SfmPhoto
            {
                ImageName = $"P{i:D4}.JPG",
                CameraId = "lens",
                Positions = [.. features[i].SelectMany(f => new[] { (float)f.Pixel.X, (float)f.Pixel.Y })],
                Scales = [.. Enumerable.Repeat(4f, n)],
                Colors = [.. Enumerable.Repeat((byte)100, 3 * n)],
                PitchDegrees = TellsPitch ? 0 : null,
                Shutter = TellsReadout ? new ShutterTiming(Readout, times[i], TellsSpeed ? velocities[i] : null) : null,
                Position = HasPositions
                    ? new PositionPrior(
                        cameras[i].Center + (PositionNoise * new Vector3D(Gaussian(), Gaussian(), Gaussian())),
                        Math.Max(BestPositionSigma, PositionNoise),
                        Math.Max(BestPositionSigma, PositionNoise))
                    : null,
            });
        }

        return new SfmInput
        {
            Photos = photos,
            Cameras = new Dictionary<string, SfmCamera>
            {
                ["lens"] = new(Camera.Of(Lens.Model, Lens.Width, Lens.Height, Lens.FocalX * (1 + FocalError))) { FocalSigma = 0.05 },
            },
            Pairs = Match(features),
            MapFrame = HasPositions ? Map : null,
        };
    }

    public double Gaussian() =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private Vector2D Project(int photo, Vector3D pointInCamera) =>
        RollingShutter.Project(Lens, pointInCamera, Readout * (cameras[photo].Rotation * velocities[photo]));

    private List<(int Point, Vector2D Pixel)> See(int photo)
    {
        var seen = new List<(int, Vector2D)>();
        for (int i = 0; i < points.Count; i++)
        {
            Vector3D p = cameras[photo] * points[i];
            if (Lens.IsWide ? !Lens.Sees(p) : p.Z < 1 || Math.Abs(p.X) > 0.75 * p.Z || Math.Abs(p.Y) > 0.6 * p.Z)
            {
                continue;
            }

            Vector2D pixel = Project(photo, p) + (PixelNoise * new Vector2D(Gaussian(), Gaussian()));
            if (pixel.X > 0 && pixel.X < Lens.Width && pixel.Y > 0 && pixel.Y < Lens.Height && random.NextDouble() < 0.8)
            {
                seen.Add((i, pixel));
            }
        }

        return seen;
    }

    private List<SfmPair> Match(List<List<(int Point, Vector2D Pixel)>> features)
    {
        var pairs = new List<SfmPair>();
        for (int a = 0; a < cameras.Count; a++)
        {
            var indexOf = features[a].Select((f, i) => (f.Point, i)).ToDictionary(static f => f.Point, static f => f.i);
            for (int b = a + 1; b < cameras.Count; b++)
            {
                var matches = new List<int>();
                for (int j = 0; j < features[b].Count; j++)
                {
                    if (!indexOf.TryGetValue(features[b][j].Point, out int i))
                    {
                        continue;
                    }

                    matches.Add(random.NextDouble() < OutlierShare ? random.Next(features[a].Count) : i);
                    matches.Add(j);
                }

                if (matches.Count >= 60)
                {
                    RigidTransform relative = cameras[b] * cameras[a].Inverse();
                    Matrix3x3 shake = Rotations.FromAxisAngle(0.005 * new Vector3D(Gaussian(), Gaussian(), Gaussian()));
                    pairs.Add(new SfmPair(
                        a, b, [.. matches], new RigidTransform(shake * relative.Rotation, relative.Translation.Normalized())));
                }
            }
        }

        return pairs;
    }
}
