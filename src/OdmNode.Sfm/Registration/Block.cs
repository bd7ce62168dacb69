using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Shutter;
using OdmNode.Sfm.Tracks;

namespace OdmNode.Sfm.Registration;

/// <summary>
/// A reconstruction while it grows: which photos are placed, which tracks have a point, and which elements of a track agree with it.
/// </summary>
internal sealed class Block
{
    public Block(SfmInput input, TrackSet tracks)
    {
        Input = input;
        Tracks = tracks;
        CameraIds = [.. input.Cameras.Keys.Order(StringComparer.Ordinal)];
        Settings = [.. CameraIds.Select(id => input.Cameras[id])];
        Lenses = [.. Settings.Select(static s => s.Start)];
        int photoCount = input.Photos.Count;
        CameraOf = [.. input.Photos.Select(p => Array.IndexOf(CameraIds, p.CameraId))];
        IsPlaced = new bool[photoCount];
        CameraFromWorld = new RigidTransform[photoCount];
        HasPoint = new bool[tracks.Count];
        Points = new Vector3D[tracks.Count];
        IsUsed = new bool[tracks.ElementCount];
        Normalized = new Vector3D[tracks.ElementCount];
        TrackOf = new int[tracks.ElementCount];
        PhotoOffsets = new int[photoCount + 1];
        PhotoElements = new int[tracks.ElementCount];
        IndexElements();
        NormalizeAll(1);
    }

    public SfmInput Input { get; }

    public TrackSet Tracks { get; }

    /// <summary>In ordinal order; the arrays below go by the index in it.</summary>
    public string[] CameraIds { get; }

    public SfmCamera[] Settings { get; }

    public Camera[] Lenses { get; }

    /// <summary>Camera index of each photo.</summary>
    public int[] CameraOf { get; }

    public bool[] IsPlaced { get; }

    public RigidTransform[] CameraFromWorld { get; }

    public bool[] HasPoint { get; }

    public Vector3D[] Points { get; }

    /// <summary>For each element of a track: true when it is an observation of the track's point.</summary>
    public bool[] IsUsed { get; }

    /// <summary>For each element: its undistorted <see cref="Camera.ImagePoint"/> by the current lens.</summary>
    public Vector3D[] Normalized { get; }

    /// <summary>Track of each element.</summary>
    public int[] TrackOf { get; }

    /// <summary>Photo p has the elements PhotoElements[PhotoOffsets[p] .. PhotoOffsets[p + 1]).</summary>
    public int[] PhotoOffsets { get; }

    public int[] PhotoElements { get; }

    /// <summary>True once the world frame is the local frame of the map.</summary>
    public bool IsGeoreferenced { get; set; }

    /// <summary>True once control points hold the block in the map.</summary>
    public bool FollowsControl { get; set; }

    /// <summary>Names of the control points that the others show to be confused.</summary>
    public IReadOnlySet<string> RefutedControl { get; set; } = new HashSet<string>();

    /// <summary>Taken from the photos' positions before they are used: what they are off from control points, metres.</summary>
    public Vector3D PositionOffset { get; set; }

    /// <summary>True when measured positions leave the tilt of the block open; the way the cameras were held then decides.</summary>
    public bool NeedsUpPrior { get; set; }

    /// <summary>Standard deviation of one image coordinate, in 1/1000 of the photo's longest side.</summary>
    public double SigmaPerMille { get; set; } = 0.3;

    /// <summary>How far pixels are moved to where a camera that stood still would have seen them; null while none is.</summary>
    public PixelShifts? Shifts { get; set; }

    public int PlacedCount => IsPlaced.Count(static p => p);

    /// <summary>The measured position of a photo as the block is to keep to it; null where there is none, or control points replace it.</summary>
    public PositionPrior? PriorOf(int photo) => Input.Photos[photo].Position is { } prior && (!FollowsControl || Input.KeepsPositions)
        ? prior with { Position = prior.Position - PositionOffset }
        : null;

    public ReadOnlySpan<int> ElementsOf(int photo) =>
        PhotoElements.AsSpan(PhotoOffsets[photo], PhotoOffsets[photo + 1] - PhotoOffsets[photo]);

    public Camera LensOf(int photo) => Lenses[CameraOf[photo]];

    /// <summary>Full-size pixels of an element, as a camera at the middle row's place would have seen it.</summary>
    public Vector2D PixelOf(int element) => Shifts is null ? ObservedPixelOf(element) : ObservedPixelOf(element) + Shifts.OfElement(element);

    /// <summary>The same of a mark.</summary>
    public Vector2D PixelOf(ControlMark mark) =>
        Shifts is null ? new Vector2D(mark.X, mark.Y) : new Vector2D(mark.X, mark.Y) + Shifts.OfMark(mark);

    /// <summary>Full-size pixels of an element in the photo.</summary>
    public Vector2D ObservedPixelOf(int element)
    {
        float[] positions = Input.Photos[Tracks.Photos[element]].Positions;
        int feature = Tracks.Features[element];
        return new Vector2D(positions[2 * feature], positions[(2 * feature) + 1]);
    }

    /// <summary>A placed photo as it stands.</summary>
    public Shot ShotOf(int photo) => new(Input.Photos[photo].ImageName, Input.Photos[photo].CameraId, CameraFromWorld[photo])
    {
        ReadoutTravel = Shifts?.TravelOf(photo) ?? Vector3D.Zero,
    };

    /// <summary>Distance of an element from its track's point, full-size pixels; infinite where the lens does not see.</summary>
    public double PixelError(int element)
    {
        int photo = Tracks.Photos[element];
        Vector3D point = CameraFromWorld[photo] * Points[TrackOf[element]];
        Camera lens = LensOf(photo);
        return lens.Sees(point) ? lens.Residual(point, PixelOf(element)).Length : double.PositiveInfinity;
    }

    /// <summary>Undistorts every element again, after the lenses changed.</summary>
    public void NormalizeAll(int degreeOfParallelism) =>
        Parallel.For(0, Input.Photos.Count, Parallelism(degreeOfParallelism), photo =>
        {
            Camera lens = LensOf(photo);
            foreach (int element in ElementsOf(photo))
            {
                Normalized[element] = lens.ImagePoint(PixelOf(element));
            }
        });

    public static ParallelOptions Parallelism(int degree) => new() { MaxDegreeOfParallelism = Math.Max(1, degree) };

    /// <summary>Moves the placed photos and the points to another world frame.</summary>
    public void Transform(in SimilarityTransform newFromOld)
    {
        for (int photo = 0; photo < IsPlaced.Length; photo++)
        {
            if (IsPlaced[photo])
            {
                CameraFromWorld[photo] = newFromOld.TransformCamera(CameraFromWorld[photo]);
            }
        }

        for (int track = 0; track < Points.Length; track++)
        {
            if (HasPoint[track])
            {
                Points[track] = newFromOld * Points[track];
            }
        }
    }

    /// <summary>Forgets all points and places.</summary>
    public void Clear()
    {
        Array.Clear(IsPlaced);
        Array.Clear(HasPoint);
        Array.Clear(IsUsed);
        for (int camera = 0; camera < Lenses.Length; camera++)
        {
            Lenses[camera] = Settings[camera].Start;
        }

        IsGeoreferenced = false;
        NeedsUpPrior = false;
        FollowsControl = false;
        Shifts = null;
        PositionOffset = Vector3D.Zero;
    }

    /// <summary>Every track with a point.</summary>
    public List<int> TracksWithPoint()
    {
        var tracks = new List<int>();
        for (int track = 0; track < HasPoint.Length; track++)
        {
            if (HasPoint[track])
            {
                tracks.Add(track);
            }
        }

        return tracks;
    }

    /// <summary>Tracks of the given photos, each once, rising.</summary>
    public List<int> TracksOf(IEnumerable<int> photos)
    {
        var tracks = new List<int>();
        foreach (int photo in photos)
        {
            foreach (int element in ElementsOf(photo))
            {
                tracks.Add(TrackOf[element]);
            }
        }

        tracks.Sort();
        int kept = 0;
        for (int i = 0; i < tracks.Count; i++)
        {
            if (kept == 0 || tracks[i] != tracks[kept - 1])
            {
                tracks[kept++] = tracks[i];
            }
        }

        tracks.RemoveRange(kept, tracks.Count - kept);
        return tracks;
    }

    /// <summary>Forgets the point of a track.</summary>
    public void Drop(int track)
    {
        HasPoint[track] = false;
        for (int e = Tracks.Offsets[track]; e < Tracks.Offsets[track + 1]; e++)
        {
            IsUsed[e] = false;
        }
    }

    private void IndexElements()
    {
        for (int track = 0; track < Tracks.Count; track++)
        {
            for (int e = Tracks.Offsets[track]; e < Tracks.Offsets[track + 1]; e++)
            {
                TrackOf[e] = track;
                PhotoOffsets[Tracks.Photos[e] + 1]++;
            }
        }

        for (int photo = 0; photo + 1 < PhotoOffsets.Length; photo++)
        {
            PhotoOffsets[photo + 1] += PhotoOffsets[photo];
        }

        int[] cursor = PhotoOffsets[..^1];
        for (int e = 0; e < TrackOf.Length; e++)
        {
            PhotoElements[cursor[Tracks.Photos[e]]++] = e;
        }
    }
}
