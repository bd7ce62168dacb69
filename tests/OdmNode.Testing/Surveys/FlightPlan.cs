using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Testing.Landscapes;

namespace OdmNode.Testing.Surveys;

/// <summary>Where the photos are taken: parallel strips flown to and fro, and a strip across them on request.</summary>
internal sealed class FlightPlan
{
    private const double SecondsAtRest = 3;
    private readonly SyntheticSurveyOptions options;
    private readonly LocalFrame frame;
    private readonly SeededRandom random;
    private readonly List<SyntheticPhoto> photos = [];

    private FlightPlan(SyntheticSurveyOptions options, LocalFrame frame)
    {
        this.options = options;
        this.frame = frame;
        random = new SeededRandom(options.Seed, 10);
        double sample = options.FlyingHeight / (options.FocalRatio * Math.Max(options.Width, options.Height));
        FootprintX = options.Width * sample;
        FootprintY = options.Height * sample;
    }

    /// <summary>Across the flight, metres on the ground.</summary>
    public double FootprintX { get; }

    /// <summary>Along the flight, metres on the ground.</summary>
    public double FootprintY { get; }

    /// <summary>Half of the extent of the planned camera places, metres.</summary>
    public double HalfEast { get; private set; }

    /// <inheritdoc cref="HalfEast"/>
    public double HalfNorth { get; private set; }

    public IReadOnlyList<SyntheticPhoto> Photos => photos;

    public static FlightPlan Of(SyntheticSurveyOptions options, LocalFrame frame)
    {
        var plan = new FlightPlan(options, frame);
        plan.FlyBlock();
        plan.FlyAcross();
        return plan;
    }

    private void FlyBlock()
    {
        double forward = (1 - options.ForwardOverlap) * FootprintY;
        double side = (1 - options.SideOverlap) * FootprintX;
        int count = options.PhotoCount;
        int strips = options.Strips > 0
            ? Math.Min(options.Strips, count)
            : Math.Clamp((int)Math.Round(Math.Sqrt(count * forward / side)), Math.Min(2, count), count);
        int longest = (count + strips - 1) / strips;
        HalfEast = 0.5 * (longest - 1) * forward;
        HalfNorth = 0.5 * (strips - 1) * side;
        for (int strip = 0; strip < strips; strip++)
        {
            int inStrip = (count / strips) + (strip < count % strips ? 1 : 0);
            bool eastwards = strip % 2 == 0;
            for (int i = 0; i < inStrip; i++)
            {
                double along = (i - (0.5 * (inStrip - 1))) * forward * (eastwards ? 1 : -1);
                Take(new Vector3D(along, (strip * side) - HalfNorth, options.FlyingHeight), eastwards ? 90 : 270, 0);
            }
        }
    }

    private void FlyAcross()
    {
        int count = options.CrossingPhotos;
        double spacing = (1 - options.ForwardOverlap) * FootprintY;
        double ahead = options.FlyingHeight * Math.Tan(options.CrossingPitchDegrees * Math.PI / 180);
        for (int i = 0; i < count; i++)
        {
            double north = ((i - (0.5 * (count - 1))) * spacing) - ahead;
            Take(new Vector3D(0.1 * FootprintX, north, options.FlyingHeight), 0, options.CrossingPitchDegrees);
        }
    }

    private double SecondsBetweenPhotos => options.Speed > 0 ? (1 - options.ForwardOverlap) * FootprintY / options.Speed : SecondsAtRest;

    private void Take(Vector3D planned, double yawDegrees, double pitchDegrees)
    {
        double jitter = options.PositionJitter;
        Vector3D center = planned + new Vector3D(random.Normal(jitter), random.Normal(jitter), random.Normal(jitter));
        double yaw = yawDegrees + random.Normal(options.AttitudeJitterDegrees);
        double pitch = pitchDegrees + random.Normal(options.AttitudeJitterDegrees);
        double roll = random.Normal(options.AttitudeJitterDegrees);
        Matrix3x3 rotation = CameraFromWorldRotation(yaw, pitch, roll);
        var error = new Vector3D(
            random.Normal(options.GpsNoiseHorizontal), random.Normal(options.GpsNoiseHorizontal), random.Normal(options.GpsNoiseVertical));
        int index = photos.Count;
        photos.Add(new SyntheticPhoto(
            FormattableString.Invariant($"SYN_{index + 1:D4}.JPG"),
            new RigidTransform(rotation, -(rotation * center)),
            frame.ToGeodetic(center + error),
            yaw,
            pitch,
            Math.Exp(random.Normal(options.ExposureVariation)),
            options.FirstPhotoTime.AddSeconds(index * SecondsBetweenPhotos),
            random.NextSeed())
        {
            Velocity = options.Speed * new Vector3D(Math.Sin(yawDegrees * Math.PI / 180), Math.Cos(yawDegrees * Math.PI / 180), 0),
        });
    }

    /// <summary>The top of the photo points to the yaw; the pitch lifts the view towards it, the roll turns about it.</summary>
    private static Matrix3x3 CameraFromWorldRotation(double yawDegrees, double pitchDegrees, double rollDegrees)
    {
        const double degree = Math.PI / 180;
        (double sin, double cos) = Math.SinCos(yawDegrees * degree);
        Matrix3x3 level = Matrix3x3.FromRows(new Vector3D(cos, -sin, 0), new Vector3D(-sin, -cos, 0), new Vector3D(0, 0, -1));
        Matrix3x3 tilt = Rotations.FromAxisAngle(new Vector3D(-pitchDegrees * degree, 0, 0));
        Matrix3x3 lean = Rotations.FromAxisAngle(new Vector3D(0, rollDegrees * degree, 0));
        return tilt * lean * level;
    }
}
