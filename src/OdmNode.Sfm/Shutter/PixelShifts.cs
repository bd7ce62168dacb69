using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Registration;

namespace OdmNode.Sfm.Shutter;

/// <summary>
/// How far every pixel of a block is moved, so that it lies where a camera that stood still at the place of the middle row would have seen
/// the same point.
/// </summary>
/// <remarks>
/// A shift follows from the depth of the point, the row at which it was seen, and the velocity of the camera. It is wrong by the share by
/// which the depth is wrong, so that alternating with the adjustment settles in two or three rounds, and the adjustment itself need not
/// know of the shutter. What no alternation can do is find the velocity: over flat ground, a block flown at constant speed is the same as
/// one that stood still and is stretched along the flight. Velocity and places must be in metres, which is why the block must have a map.
/// </remarks>
internal sealed class PixelShifts
{
    /// <summary>A point nearer than this share of the photo's usual depth is a wrong match; its own depth would throw it far off.</summary>
    private const double NearestShare = 0.2;

    private readonly Block block;
    private readonly Vector3D[] travel;
    private readonly bool[] hasVelocity;
    private readonly Vector2D[] elementShifts;
    private readonly Dictionary<ControlMark, Vector2D> markShifts = [];

    private PixelShifts(Block block)
    {
        this.block = block;
        travel = new Vector3D[block.IsPlaced.Length];
        hasVelocity = new bool[block.IsPlaced.Length];
        elementShifts = new Vector2D[block.TrackOf.Length];
    }

    /// <summary>No shifts yet, ready for <see cref="Update"/>; null where no photo asks for them or the block has no map.</summary>
    public static PixelShifts? For(Block block) =>
        block.IsGeoreferenced && block.Input.Photos.Any(static photo => photo.Shutter is not null) ? new PixelShifts(block) : null;

    /// <summary>Times that the block was adjusted with shifts.</summary>
    public int Rounds { get; set; }

    public Vector2D OfElement(int element) => elementShifts[element];

    public Vector2D OfMark(ControlMark mark) => markShifts.GetValueOrDefault(mark);

    /// <summary>Way of a photo's camera in the world frame while the rows were read; zero where it is not known.</summary>
    public Vector3D TravelOf(int photo) => travel[photo];

    /// <summary>Finds the shifts anew from the block as it stands.</summary>
    /// <returns>By how much they changed, pixels: the median over the observations of a photo, of the photo where it is largest.</returns>
    public double Update()
    {
        FindTravel();
        UpdateMarks();
        double largest = 0;
        foreach (int photo in Asking())
        {
            largest = Math.Max(largest, UpdatePhoto(photo));
        }

        return largest;
    }

    public ShutterSummary Summarize()
    {
        int[] moved = [.. Enumerable.Range(0, travel.Length).Where(IsCorrected)];
        double[] shifts = [.. Enumerable.Range(0, elementShifts.Length)
            .Where(e => block.IsUsed[e] && IsCorrected(block.Tracks.Photos[e])).Select(e => elementShifts[e].Length)];
        double[] readouts = [.. moved.Select(photo => 1000 * TimingOf(photo).ReadoutSeconds)];
        return new ShutterSummary
        {
            Photos = moved.Length,
            MeasuredSpeeds = moved.Count(photo => TimingOf(photo).Velocity is not null),
            WithoutSpeed = Asking().Count() - moved.Length,
            LeastReadoutMilliseconds = readouts.DefaultIfEmpty().Min(),
            MostReadoutMilliseconds = readouts.DefaultIfEmpty().Max(),
            MedianSpeed = Median([.. moved.Select(photo => travel[photo].Length / TimingOf(photo).ReadoutSeconds)]),
            MedianShiftPixels = Median(shifts),
            Rounds = Rounds,
        };
    }

    private void FindTravel()
    {
        foreach (IGrouping<string, int> camera in Asking().GroupBy(photo => block.Input.Photos[photo].CameraId))
        {
            int[] timed = [.. camera.Where(photo => TimingOf(photo).CaptureSeconds is not null)];
            Vector3D?[] found = NeighbourVelocity.Of(
                [.. timed.Select(photo => (TimingOf(photo).CaptureSeconds!.Value, block.CameraFromWorld[photo].Center))]);
            Dictionary<int, Vector3D?> fromNeighbours = timed.Zip(found).ToDictionary(static pair => pair.First, static pair => pair.Second);
            foreach (int photo in camera)
            {
                Vector3D? velocity = TimingOf(photo).Velocity ?? fromNeighbours.GetValueOrDefault(photo);
                hasVelocity[photo] = velocity is not null;
                travel[photo] = TimingOf(photo).ReadoutSeconds * (velocity ?? Vector3D.Zero);
            }
        }
    }

    private double UpdatePhoto(int photo)
    {
        RigidTransform cameraFromWorld = block.CameraFromWorld[photo];
        double usualDepth = UsualDepth(photo);
        var changes = new List<double>();
        foreach (int element in block.ElementsOf(photo))
        {
            int track = block.TrackOf[element];
            Vector3D point = block.HasPoint[track] ? cameraFromWorld * block.Points[track] : Vector3D.Zero;
            if (!(DepthOf(photo, point) > NearestShare * usualDepth))
            {
                point = usualDepth * block.Normalized[element];
            }

            Vector2D shift = ShiftOf(photo, point, block.ObservedPixelOf(element).Y);
            if (block.IsUsed[element])
            {
                changes.Add((shift - elementShifts[element]).Length);
            }

            elementShifts[element] = shift;
        }

        return Median([.. changes]);
    }

    private void UpdateMarks()
    {
        foreach (ControlPoint point in block.Input.ControlPoints)
        {
            if (ControlNetwork.Triangulate(block, point) is not { } found)
            {
                continue;
            }

            foreach (ControlMark mark in ControlNetwork.MarksOf(block, point))
            {
                markShifts[mark] = ShiftOf(mark.Photo, block.CameraFromWorld[mark.Photo] * found, mark.Y);
            }
        }
    }

    private Vector2D ShiftOf(int photo, Vector3D pointInCamera, double row)
    {
        Camera lens = block.LensOf(photo);
        Vector3D travelInCamera = block.CameraFromWorld[photo].Rotation * travel[photo];
        return lens.Project(pointInCamera) - lens.Project(RollingShutter.AtRow(lens, pointInCamera, travelInCamera, row));
    }

    private double UsualDepth(int photo) => Median(
    [
        .. block.ElementsOf(photo).ToArray().Where(element => block.IsUsed[element])
            .Select(element => DepthOf(photo, block.CameraFromWorld[photo] * block.Points[block.TrackOf[element]])),
    ]);

    /// <summary>In the unit of <see cref="Block.Normalized"/>: along the axis, or along the ray of a wide lens.</summary>
    private double DepthOf(int photo, Vector3D pointInCamera) => block.LensOf(photo).IsWide ? pointInCamera.Length : pointInCamera.Z;

    private IEnumerable<int> Asking() =>
        Enumerable.Range(0, travel.Length).Where(photo => block.IsPlaced[photo] && block.Input.Photos[photo].Shutter is not null);

    private ShutterTiming TimingOf(int photo) => block.Input.Photos[photo].Shutter!;

    private bool IsCorrected(int photo) => block.IsPlaced[photo] && hasVelocity[photo];

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[values.Length / 2];
    }
}
