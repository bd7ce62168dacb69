namespace OdmNode.Imaging.Metadata;

/// <summary>What EXIF and XMP say about one photo, as far as the engine uses it. Absent is null, never a made-up value.</summary>
public sealed record PhotoMetadata
{
    /// <summary>File name with extension, unique in a survey.</summary>
    public required string ImageName { get; init; }

    /// <summary>Pixels, as decoded (EXIF orientation is not applied anywhere).</summary>
    public required int Width { get; init; }

    /// <summary>Pixels.</summary>
    public required int Height { get; init; }

    public string? Make { get; init; }

    public string? Model { get; init; }

    /// <summary>Focal length divided by the longest side of the sensor.</summary>
    public double? FocalRatio { get; init; }

    /// <summary>True where XMP names a fisheye lens (Camera:ModelType of Pix4D's camera tags).</summary>
    public bool IsFisheye { get; init; }

    /// <summary>True where XMP names an equirectangular picture of the sphere (GPano:ProjectionType of Google's photo sphere tags).</summary>
    public bool IsPanorama { get; init; }

    /// <summary>Degrees, north positive.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees, east positive.</summary>
    public double? Longitude { get; init; }

    /// <summary>Metres; whatever datum the camera wrote.</summary>
    public double? Altitude { get; init; }

    /// <summary>Standard deviation in plan, metres.</summary>
    public double? HorizontalAccuracy { get; init; }

    /// <summary>Standard deviation of the height, metres.</summary>
    public double? VerticalAccuracy { get; init; }

    /// <summary>Degrees clockwise from north to the top of the image.</summary>
    public double? Yaw { get; init; }

    /// <summary>Degrees, 0 looking straight down, 90 to the horizon.</summary>
    public double? Pitch { get; init; }

    /// <summary>Degrees.</summary>
    public double? Roll { get; init; }

    /// <summary>Seconds since 1970, the camera's clock taken as UTC.</summary>
    public double? CaptureTime { get; init; }

    /// <summary>Speed of the drone at the exposure, metres a second towards the east.</summary>
    public double? SpeedEast { get; init; }

    /// <summary>Metres a second towards the north.</summary>
    public double? SpeedNorth { get; init; }

    /// <summary>Metres a second upwards.</summary>
    public double? SpeedUp { get; init; }

    /// <summary>EXIF orientation, 1 to 8; stored, not applied.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Seconds.</summary>
    public double? ExposureTime { get; init; }

    public double? FNumber { get; init; }

    public int? IsoSpeed { get; init; }

    /// <summary>Damage met while reading; each a sentence for the user.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public bool HasSpeed => SpeedEast is not null && SpeedNorth is not null && SpeedUp is not null;

    public bool HasPosition => Latitude is not null && Longitude is not null;
}
