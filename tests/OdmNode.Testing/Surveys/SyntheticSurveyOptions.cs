using OdmNode.Geometry.Cameras;

namespace OdmNode.Testing.Surveys;

/// <summary>What a synthetic survey is like. The same options give the same files, byte for byte.</summary>
public sealed record SyntheticSurveyOptions
{
    /// <summary>A survey that is done in about a minute: the one of the demo and of the end-to-end tests.</summary>
    public static SyntheticSurveyOptions Small { get; } = new() { Width = 1000, Height = 750, FlyingHeight = 45 };

    /// <summary>Photos of the nadir block, at least 1.</summary>
    public int PhotoCount { get; init; } = 12;

    /// <summary>Parallel flight strips that the photos are spread over; 0 makes the block about square.</summary>
    public int Strips { get; init; }

    /// <summary>Photo width, pixels.</summary>
    public int Width { get; init; } = 1600;

    /// <summary>Photo height, pixels.</summary>
    public int Height { get; init; } = 1200;

    /// <summary>Focal length divided by the longest side of the photo. EXIF carries it rounded to a whole 35 mm equivalent.</summary>
    public double FocalRatio { get; init; } = 0.74;

    /// <summary>Above the mean ground, metres.</summary>
    public double FlyingHeight { get; init; } = 60;

    /// <summary>Share of a photo that the next one of the strip sees too.</summary>
    public double ForwardOverlap { get; init; } = 0.8;

    /// <summary>Share of a photo that the neighbouring strip sees too.</summary>
    public double SideOverlap { get; init; } = 0.7;

    /// <summary>Photos of one more strip, flown across the others through the middle of the block.</summary>
    public int CrossingPhotos { get; init; }

    /// <summary>How far the crossing strip looks ahead, degrees from straight down; up to 35.</summary>
    public double CrossingPitchDegrees { get; init; } = 25;

    /// <summary>Speed along the strips, metres a second; 0 takes every photo at rest.</summary>
    public double Speed { get; init; }

    /// <summary>Time in which the camera reads a photo's rows, first to last, while it flies on, seconds; 0 takes it at one moment.</summary>
    public double ReadoutSeconds { get; init; }

    /// <summary>Standard deviation of each angle of a camera's attitude, degrees.</summary>
    public double AttitudeJitterDegrees { get; init; } = 1.5;

    /// <summary>Standard deviation of each coordinate of a camera's place around the planned one, metres.</summary>
    public double PositionJitter { get; init; } = 0.6;

    /// <summary>False leaves EXIF without a position.</summary>
    public bool WithGps { get; init; } = true;

    /// <summary>Standard deviation of EXIF east and north, metres.</summary>
    public double GpsNoiseHorizontal { get; init; } = 0.5;

    /// <summary>Standard deviation of the EXIF altitude, metres.</summary>
    public double GpsNoiseVertical { get; init; } = 1.0;

    /// <summary>Standard deviation of a sample's noise, grey levels.</summary>
    public double PixelNoise { get; init; } = 2;

    /// <summary>Standard deviation of the logarithm of a photo's exposure.</summary>
    public double ExposureVariation { get; init; } = 0.06;

    /// <summary>Share of the light that is missing in the corners.</summary>
    public double Vignetting { get; init; } = 0.18;

    /// <summary>JPEG quality, 1 to 100.</summary>
    public int JpegQuality { get; init; } = 92;

    /// <summary>The lens; its coefficients are those of the following that it has.</summary>
    public LensModel Lens { get; init; } = LensModel.Brown;

    /// <summary>Radial coefficients of r², r⁴ and r⁶ (focal length 1).</summary>
    public double K1 { get; init; } = -0.045;

    /// <inheritdoc cref="K1"/>
    public double K2 { get; init; } = 0.02;

    /// <inheritdoc cref="K1"/>
    public double K3 { get; init; } = -0.004;

    /// <summary>Tangential coefficients.</summary>
    public double P1 { get; init; } = 0.0006;

    /// <inheritdoc cref="P1"/>
    public double P2 { get; init; } = -0.0004;

    /// <summary>Principal point from the middle of the photo, right, as a share of the longest side.</summary>
    public double CenterOffsetX { get; init; } = 0.004;

    /// <summary>Principal point from the middle of the photo, down, as a share of the longest side.</summary>
    public double CenterOffsetY { get; init; } = -0.003;

    /// <summary>Height between the lowest and the highest possible ground, metres.</summary>
    public double TerrainRelief { get; init; } = 5;

    /// <summary>Buildings, as far as there is room for them.</summary>
    public int Buildings { get; init; } = 7;

    /// <summary>Trees, as far as there is room for them.</summary>
    public int Trees { get; init; } = 24;

    /// <summary>Of the middle of the site, degrees north.</summary>
    public double SiteLatitude { get; init; } = 47.0512;

    /// <summary>Of the middle of the site, degrees east.</summary>
    public double SiteLongitude { get; init; } = 8.3093;

    /// <summary>Height of the mean ground, metres.</summary>
    public double SiteHeight { get; init; } = 436;

    /// <summary>EXIF make.</summary>
    public string Make { get; init; } = "OdmNode";

    /// <summary>EXIF model.</summary>
    public string Model { get; init; } = "Synthetic";

    /// <summary>Time of the first photo, on the camera's clock.</summary>
    public DateTime FirstPhotoTime { get; init; } = new(2025, 6, 14, 10, 30, 0, DateTimeKind.Unspecified);

    /// <summary>Selects the landscape, the jitter and all noise.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Every reason why these options make no survey; empty when they do.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        void Check(bool valid, string problem)
        {
            if (!valid)
            {
                problems.Add(problem);
            }
        }

        Check(PhotoCount is >= 1 and <= 20000, "The number of photos must be 1 to 20000.");
        Check(Strips >= 0, "The number of strips must not be negative.");
        Check(Width is >= 32 and <= 20000 && Height is >= 32 and <= 20000, "A side of a photo must have 32 to 20000 pixels.");
        Check(FocalRatio is >= 0.5 and <= 5, "The focal ratio must be 0.5 to 5.");
        Check(ForwardOverlap is >= 0 and < 1 && SideOverlap is >= 0 and < 1, "An overlap must be at least 0 and below 1.");
        Check(CrossingPitchDegrees is >= 0 and <= 35, "The pitch of the crossing strip must be 0 to 35 degrees.");
        Check(TerrainRelief is >= 0 and <= 20, "The relief must be 0 to 20 m.");
        Check(FlyingHeight >= TerrainRelief + 20, "The flying height must exceed the relief by 20 m.");
        Check(Speed is >= 0 and <= 40, "The speed must be 0 to 40 m/s.");
        Check(ReadoutSeconds is >= 0 and <= 0.5, "The readout must take 0 to 0.5 s.");
        Check(JpegQuality is >= 1 and <= 100, "The JPEG quality must be 1 to 100.");
        Check(Math.Abs(SiteLatitude) <= 80, "The site's latitude must be within 80 degrees of the equator.");
        return problems;
    }
}
