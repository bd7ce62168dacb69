using System.Numerics;
using System.Runtime.Intrinsics;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Geospatial.Edges;

/// <summary>A photo of one small block of ground.</summary>
internal sealed class EdgeView
{
    private readonly OrthoScene scene;
    private readonly SceneView view;
    private readonly GroundView projection;
    private readonly CancellationToken cancellationToken;
    private readonly float cameraEast;
    private readonly float cameraNorth;
    private readonly float cameraUp;
    private readonly float anchorUp;
    private readonly int level;
    private readonly float scale;
    private ImageBuffer? photo;

    public EdgeView(
        OrthoScene scene, SceneView view, Vector3D anchorInMap, Vector3D anchorInWorld, Matrix3x3 worldFromMap, CancellationToken cancellationToken)
    {
        (this.scene, this.view, this.cancellationToken) = (scene, view, cancellationToken);
        projection = new GroundView(view.View, view.FarthestRadiusSquared, anchorInWorld, worldFromMap);
        Vector3D toCamera = view.CenterInMap - anchorInMap;
        (cameraEast, cameraNorth, cameraUp) = ((float)toCamera.X, (float)toCamera.Y, (float)toCamera.Z);
        anchorUp = (float)anchorInMap.Z;
        level = BlockView.DetailLevel(view.View, scene.Tile.Grid.Resolution);
        scale = 1f / (1 << level);
    }

    /// <summary>Factors that make the views of the block agree.</summary>
    public Vector128<float> Gain { get; set; } = Vector128<float>.One;

    /// <summary>The colours that the photo shows of cells at some heights, but for those that lie outside of it or behind something.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="ups">Their heights, metres; NaN where nothing is asked.</param>
    /// <param name="colors">Written where the photo shows a cell.</param>
    /// <param name="seenBy">Gets a bit where the photo shows a cell.</param>
    /// <param name="bit">That bit.</param>
    public void See(BlockCells cells, ReadOnlySpan<float> ups, Span<Vector128<float>> colors, Span<byte> seenBy, byte bit)
    {
        Vector256<float> width = Vector256.Create((float)view.View.Camera.Width);
        Vector256<float> height = Vector256.Create((float)view.View.Camera.Height);
        for (int first = 0; first < ups.Length; first += Vector256<float>.Count)
        {
            Vector256<float> up = Vector256.Create(ups[first..]);
            Vector256<float> east = Vector256.Create(cells.Easts.AsSpan(first));
            Vector256<float> north = Vector256.Create(cells.Norths.AsSpan(first));
            Vector256<float> aboveAnchor = up - Vector256.Create(anchorUp);
            Vector256<float> toUp = Vector256.Create(cameraUp) - aboveAnchor;
            Vector256<float> isShown = projection.Project(east, north, aboveAnchor, out Vector256<float> x, out Vector256<float> y)
                & Vector256.GreaterThanOrEqual(Vector256.Min(x, y), Vector256<float>.Zero)
                & Vector256.LessThanOrEqual(x, width) & Vector256.LessThanOrEqual(y, height) & Vector256.GreaterThan(toUp, Vector256<float>.Zero);
            if (isShown == Vector256<float>.Zero)
            {
                continue;
            }

            Vector256<int> isHidden = scene.Horizon.HidesEight(
                cells.Columns.From(first),
                cells.Rows.From(first),
                Vector256.ConditionalSelect(isShown, up, Vector256.Create(float.NaN)),
                Vector256.Create(cameraEast) - east,
                Vector256.Create(cameraNorth) - north,
                toUp,
                (float)scene.Options.OcclusionReachMetres,
                scene.ToleranceMetres);
            uint lanes = Vector256.AndNot(isShown.AsInt32(), isHidden).ExtractMostSignificantBits();
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                photo ??= view.Photo(level, cancellationToken);
                colors[first + lane] = Gain * PhotoSampler.Linear(photo, x.GetElement(lane) * scale, y.GetElement(lane) * scale);
                seenBy[first + lane] |= bit;
            }
        }
    }
}
