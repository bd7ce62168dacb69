using System.Text.Json;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;
using OdmNode.Testing.Exif;
using OdmNode.Testing.Landscapes;
using OdmNode.Testing.Rendering;
using OpenCvSharp;

namespace OdmNode.Testing.Surveys;

/// <summary>A survey flown over a landscape that does not exist: photos as a drone takes them, and the truth behind them.</summary>
/// <remarks>
/// Everything follows from the options. The landscape is a function of position, so that photos of any size and number
/// can be taken, and the truth can be asked for anywhere.
/// </remarks>
public sealed class SyntheticSurvey
{
    /// <summary>Name of the folder of photos inside a survey's folder.</summary>
    public const string ImagesFolder = "images";

    /// <summary>Name of the file with the truth inside a survey's folder.</summary>
    public const string TruthFile = "truth.json";

    private readonly Site site;
    private readonly Lazy<RayTable> rays;

    private SyntheticSurvey(SyntheticSurveyOptions options)
    {
        Options = options;
        var origin = new GeodeticPosition(options.SiteLatitude, options.SiteLongitude, options.SiteHeight);
        UtmZone zone = UtmZone.Of(origin);
        Vector3D originOnMap = zone.FromGeodetic(origin);
        MapFrame = new MapFrame(origin, zone, (long)Math.Floor(originOnMap.X), (long)Math.Floor(originOnMap.Y));
        Camera = LensOf(options);
        GroundSampleDistance = options.FlyingHeight / Camera.FocalX;
        FlightPlan plan = FlightPlan.Of(options, MapFrame.Local);
        Photos = [.. plan.Photos.Select(p => p with { ExifPosition = ExifPosition.Rounded(p.ExifPosition) })];
        WellSeenHalfEast = plan.HalfEast + (0.2 * plan.FootprintY);
        WellSeenHalfNorth = plan.HalfNorth + (0.2 * plan.FootprintX);
        site = new SiteBuilder(
            plan.HalfEast + (0.38 * plan.FootprintY), plan.HalfNorth + (0.38 * plan.FootprintX), options.TerrainRelief,
            5 * GroundSampleDistance, options.Seed).Build(options.Buildings, options.Trees);
        RoofEdges = [.. site.RoofEdges.Select(e => new RoofEdge(MapFrame.MapFromWorld(e.From), MapFrame.MapFromWorld(e.To)))];
        rays = new Lazy<RayTable>(() => new RayTable(Camera, Environment.ProcessorCount));
    }

    public SyntheticSurveyOptions Options { get; }

    /// <summary>The true lens, the same for all photos.</summary>
    public Camera Camera { get; }

    /// <summary>In the order in which they were taken, which is also the ordinal order of their names.</summary>
    public IReadOnlyList<SyntheticPhoto> Photos { get; }

    /// <summary>Ties the world (local east-north-up metres) to UTM.</summary>
    public MapFrame MapFrame { get; }

    /// <summary>Width of a pixel on the mean ground, metres.</summary>
    public double GroundSampleDistance { get; }

    /// <summary>Half of the extent in east, around the world's zero, in which every point is in several photos; metres.</summary>
    public double WellSeenHalfEast { get; }

    /// <inheritdoc cref="WellSeenHalfEast"/>
    public double WellSeenHalfNorth { get; }

    /// <summary>Centres of white discs on black plates, on the ground, in world coordinates.</summary>
    public IReadOnlyList<Vector3D> Marks => site.Marks;

    /// <summary>Straight upper edges of the buildings, in map coordinates.</summary>
    public IReadOnlyList<RoofEdge> RoofEdges { get; }

    /// <summary>Lays out the survey and its truth; nothing is rendered.</summary>
    /// <exception cref="ArgumentException">The options make no survey; the message names every reason.</exception>
    public static SyntheticSurvey Create(SyntheticSurveyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> problems = options.Problems();
        return problems.Count == 0
            ? new SyntheticSurvey(options)
            : throw new ArgumentException(string.Join(' ', problems), nameof(options));
    }

    /// <summary>The survey whose truth lies in a folder that <see cref="WriteTo"/> wrote.</summary>
    public static SyntheticSurvey Load(string folder)
    {
        using FileStream stream = File.OpenRead(Path.Combine(folder, TruthFile));
        using JsonDocument document = JsonDocument.Parse(stream);
        return Create(document.RootElement.GetProperty("options").Deserialize<SyntheticSurveyOptions>(SurveyTruth.Json)
            ?? throw new InvalidDataException($"{TruthFile} holds no options."));
    }

    /// <summary>Height of what is seen from straight above (ground, roof, tree, car) at a world position, metres.</summary>
    public double SurfaceHeightInWorld(double x, double y) => site.Landscape.SurfaceAt(x, y);

    /// <summary>Height of what is seen from straight above at a map position, metres; NaN never.</summary>
    public double SurfaceHeightOnMap(double east, double north) => HeightOnMap(east, north, SurfaceHeightInWorld);

    /// <summary>Height of the bare ground at a map position, under whatever stands on it, metres; NaN never.</summary>
    public double GroundHeightOnMap(double east, double north) => HeightOnMap(east, north, site.Landscape.GroundAt);

    /// <summary>Whether a map position lies where every point is in several photos.</summary>
    public bool IsWellSeen(double east, double north)
    {
        Vector3D world = MapFrame.WorldFromMap(new Vector3D(east, north, Options.SiteHeight));
        return Math.Abs(world.X) <= WellSeenHalfEast && Math.Abs(world.Y) <= WellSeenHalfNorth;
    }

    /// <summary>
    /// Whether a map position is bare ground, seen by several photos, with no building, tree or car within a margin in metres.
    /// </summary>
    public bool IsOpenGround(double east, double north, double margin)
    {
        Vector3D world = MapFrame.WorldFromMap(new Vector3D(east, north, Options.SiteHeight));
        return IsWellSeen(east, north) && site.Landscape.IsOpenGround(world.X, world.Y, margin);
    }

    /// <summary>The car park's index for <see cref="IsOnPlane"/>: asphalt, level, with parked cars.</summary>
    public const int CarPark = 0;

    /// <summary>The field's index for <see cref="IsOnPlane"/>: level.</summary>
    public const int Field = 1;

    /// <summary>The lawn's index for <see cref="IsOnPlane"/>: sloping.</summary>
    public const int Lawn = 2;

    /// <summary>Whether a map position is open ground, as above, in a zone whose ground is a plane.</summary>
    public bool IsOnPlane(int zone, double east, double north, double margin)
    {
        Vector3D world = MapFrame.WorldFromMap(new Vector3D(east, north, Options.SiteHeight));
        return site.Zones[zone].Contains(world.X, world.Y, -margin) && IsOpenGround(east, north, margin);
    }

    /// <summary>
    /// Green, 0 to 255, of what is seen from straight above at a map position: a perfect orthophoto of cells of a width in metres.
    /// </summary>
    public double GreenFromAbove(double east, double north, double cellMetres)
    {
        const double height = 200;
        Vector3D world = MapFrame.WorldFromMap(new Vector3D(east, north, Options.SiteHeight));
        double distance = height;
        SurfaceSample sample = site.Landscape.Trace(world with { Z = height }, new Vector3D(0, 0, -1), cellMetres / height, ref distance);
        return 255 * ToneCurve.Of(sample.Light.Y);
    }

    /// <summary>Way of a photo's camera while its rows were read, world frame, metres.</summary>
    public Vector3D ReadoutTravel(SyntheticPhoto photo)
    {
        ArgumentNullException.ThrowIfNull(photo);
        return Options.ReadoutSeconds * photo.Velocity;
    }

    /// <summary>Pixel of a world point in a photo; null when the lens does not see it or it lies outside the photo.</summary>
    public Vector2D? Project(SyntheticPhoto photo, Vector3D pointInWorld)
    {
        ArgumentNullException.ThrowIfNull(photo);
        Vector3D inCamera = photo.CameraFromWorld * pointInWorld;
        if (!Camera.Sees(inCamera))
        {
            return null;
        }

        Vector2D pixel = RollingShutter.Project(Camera, inCamera, photo.CameraFromWorld.Rotation * ReadoutTravel(photo));
        return pixel.X >= 0 && pixel.Y >= 0 && pixel.X < Camera.Width && pixel.Y < Camera.Height ? pixel : null;
    }

    /// <summary>Takes one photo: red, green and blue before compression.</summary>
    /// <param name="photo">One of <see cref="Photos"/>.</param>
    /// <param name="parallelism">Threads; the pixels do not depend on it.</param>
    /// <param name="cancellationToken">Asked between bands of rows.</param>
    public ImageBuffer Render(SyntheticPhoto photo, int parallelism, CancellationToken cancellationToken) =>
        new PhotoRenderer(site.Landscape, rays.Value, Options).Render(photo, parallelism, cancellationToken);

    /// <summary>The bytes of a photo's JPEG file with its EXIF and XMP.</summary>
    public byte[] Encode(SyntheticPhoto photo, ImageBuffer image)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(image);
        OpenCvLibrary.Prepare();
        using Mat rgb = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Pixels);
        using var bgr = new Mat();
        Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
        Cv2.ImEncode(".jpg", bgr, out byte[] jpeg, [(int)ImwriteFlags.JpegQuality, Options.JpegQuality]);
        return ExifWriter.Embed(jpeg, new PhotoTags
        {
            Make = Options.Make,
            Model = Options.Model,
            Width = Options.Width,
            Height = Options.Height,
            FocalRatio = Options.FocalRatio,
            Time = photo.Time,
            Position = Options.WithGps ? photo.ExifPosition : null,
            HorizontalAccuracy = Math.Max(Options.GpsNoiseHorizontal, 0.005),
            VerticalAccuracy = Math.Max(Options.GpsNoiseVertical, 0.005),
            YawDegrees = photo.YawDegrees,
            PitchDegrees = photo.PitchDegrees,
            Velocity = Options.Speed > 0 ? photo.Velocity : null,
        });
    }

    /// <summary>Writes <c>images/*.JPG</c> and <c>truth.json</c> into a folder, which is made if need be.</summary>
    /// <param name="folder">The survey's folder.</param>
    /// <param name="parallelism">Photos taken at a time; the bytes do not depend on it.</param>
    /// <param name="cancellationToken">Asked between photos and bands of rows.</param>
    public void WriteTo(string folder, int parallelism, CancellationToken cancellationToken)
    {
        string images = Path.Combine(folder, ImagesFolder);
        Directory.CreateDirectory(images);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        Parallel.ForEach(Photos, parallel, photo =>
        {
            ImageBuffer image = Render(photo, 1, cancellationToken);
            File.WriteAllBytes(Path.Combine(images, photo.ImageName), Encode(photo, image));
        });
        File.WriteAllText(Path.Combine(folder, TruthFile), SurveyTruth.Of(this));
    }

    private static Camera LensOf(SyntheticSurveyOptions options)
    {
        double longest = Math.Max(options.Width, options.Height);
        Camera plain = Geometry.Cameras.Camera.Of(options.Lens, options.Width, options.Height, options.FocalRatio * longest);
        if (options.Lens is LensModel.Brown or LensModel.FisheyeOpenCv)
        {
            plain = plain with
            {
                CenterX = plain.CenterX + (options.CenterOffsetX * longest),
                CenterY = plain.CenterY + (options.CenterOffsetY * longest),
            };
        }

        return plain switch
        {
            BrownCamera { Model: LensModel.Brown } lens => lens with { K1 = options.K1, K2 = options.K2, K3 = options.K3, P1 = options.P1, P2 = options.P2 },
            BrownCamera lens => lens with { K1 = options.K1, K2 = options.K2 },
            FisheyeCamera { Model: LensModel.FisheyeOpenCv } lens => lens with { K1 = options.K1, K2 = options.K2, K3 = options.K3 },
            FisheyeCamera lens => lens with { K1 = options.K1, K2 = options.K2 },
            _ => plain,
        };
    }

    private double HeightOnMap(double east, double north, Func<double, double, double> heightInWorld)
    {
        double height = Options.SiteHeight;
        for (int iteration = 0; iteration < 3; iteration++)
        {
            // Plan positions in world and map differ by a little with height, so that two rounds are plenty.
            Vector3D world = MapFrame.WorldFromMap(new Vector3D(east, north, height));
            height = MapFrame.MapFromWorld(world with { Z = heightInWorld(world.X, world.Y) }).Z;
        }

        return height;
    }
}
