using System.Runtime.Intrinsics;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>What one view is worth at the cells of a block and its border; buffers are used again from block to block.</summary>
internal sealed class BlockView
{
    private const float BorderShare = 0.05f;
    private const float BorderPenalty = 0.3f;
    private const float ResolutionWeight = 0.5f;
    private const int ToneLevels = 5;

    /// <summary>Edge of the squares that are needed or not: the cells that one load of a vector takes, and more than visibility spreads.</summary>
    private const int GroupCells = 8;
    private readonly CancellationToken cancellationToken;
    private readonly byte[] hidden;
    private readonly int[] sums;
    private readonly bool[] isNeeded;
    private readonly int groups;
    private readonly int edge;
    private readonly int spread;
    private GroundView projection;
    private ImageBuffer? detail;
    private ImageBuffer? tone;
    private Vector128<float> gain;
    private int detailLevel;
    private int toneLevel;
    private float detailScale;
    private float toneScale;
    private float coarseness;

    /// <param name="edge">Cells along the region's edge, a multiple of eight.</param>
    /// <param name="spread">Cells by which hidden areas grow, twice: once hard, once softly.</param>
    /// <param name="cancellationToken">Ends a wait for a photo.</param>
    public BlockView(int edge, int spread, CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        this.edge = edge;
        this.spread = spread;
        groups = edge / GroupCells;
        isNeeded = new bool[groups * groups];
        hidden = new byte[edge * edge];
        sums = new int[(edge + 1) * (edge + 1)];
        X = new float[edge * edge];
        Y = new float[edge * edge];
        Score = new float[edge * edge];
        Openness = new float[edge * edge];
    }

    public SceneView View { get; private set; } = null!;

    /// <summary>Full-size pixel of each cell; NaN where the photo does not show it.</summary>
    public float[] X { get; }

    public float[] Y { get; }

    /// <summary>Higher is better: minus the tangent of the angle off the vertical, less for coarse pixels and for the photo's border.</summary>
    public float[] Score { get; }

    /// <summary>1 where the view is open, 0 where it is hidden, ends, or is worth too little to matter, with a ramp on the open side.</summary>
    public float[] Openness { get; }

    /// <summary>Score without the border's penalty.</summary>
    public static float PlainScore(SceneView view, float east, float north, float up) =>
        -(MathF.Sqrt((east * east) + (north * north)) / up) - Coarseness(view.View);

    /// <summary>The level of a photo's pyramid whose pixels fit cells of a width.</summary>
    public static int DetailLevel(OrthoView view, double resolutionMetres) => Math.Min(
        (int)Math.Floor(Math.Log2(Math.Max(1, resolutionMetres / view.PixelSizeMetres)) + 0.4),
        PhotoPyramid.LevelsOf(view.Camera.Width, view.Camera.Height) - 1);

    /// <summary>Projects all cells and tests what hides them, where that can matter.</summary>
    /// <param name="view">The photo.</param>
    /// <param name="groundView">It, seen from the block's anchor.</param>
    /// <param name="ground">The cells.</param>
    /// <param name="scene">Knows what hides them.</param>
    /// <param name="best">What the best view so far is worth at each cell.</param>
    /// <param name="behind">How much less a view may be worth and still be blended in.</param>
    public void Measure(SceneView view, in GroundView groundView, BlockGround ground, OrthoScene scene, float[] best, float behind)
    {
        View = view;
        projection = groundView;
        (detail, tone) = (null, null);
        Prepare(view.View, scene.Tile.Grid.Resolution);
        Array.Clear(isNeeded);
        for (int row = 0; row < edge; row++)
        {
            ProjectRow(row, ground, best, behind);
        }

        bool anyHidden = false;
        for (int group = 0; group < isNeeded.Length; group++)
        {
            (int y, int x) = Math.DivRem(group, groups);
            if (IsNearNeeded(x, y))
            {
                anyHidden |= HideGroup(x * GroupCells, y * GroupCells, ground, scene);
            }
        }

        if (anyHidden)
        {
            Soften();
        }
        else
        {
            Array.Fill(Openness, 1);
        }

        for (int row = 0; row < edge; row++)
        {
            for (int x = 0; x < groups; x++)
            {
                if (!isNeeded[(row / GroupCells * groups) + x])
                {
                    Openness.AsSpan((row * edge) + (x * GroupCells), GroupCells).Clear();
                }
            }
        }
    }

    /// <summary>Where the photo shows the cells of a row, and what it is worth there. Cells that it does not show are marked as hidden.</summary>
    private void ProjectRow(int row, BlockGround ground, float[] best, float behind)
    {
        Vector256<float> width = Vector256.Create((float)View.View.Camera.Width);
        Vector256<float> height = Vector256.Create((float)View.View.Camera.Height);
        Vector256<float> border = BorderShare * Vector256.Min(width, height);
        Vector256<float> lowest = Vector256.Create(float.NegativeInfinity);
        Vector256<float> one = Vector256<float>.One;
        float north = ground.North(row);
        (float cameraEast, float cameraNorth, float cameraUp) = ground.AnchorToCamera(View);
        float toNorth = cameraNorth - north;
        for (int column = 0; column < edge; column += Vector256<float>.Count)
        {
            int i = (row * edge) + column;
            Vector256<float> up = Vector256.Create(ground.Heights.AsSpan(i));
            Vector256<float> east = Vector256.Create(ground.Easts.AsSpan(column));
            Vector256<float> isSeen = projection.Project(east, Vector256.Create(north), up, out Vector256<float> x, out Vector256<float> y)
                & Vector256.GreaterThanOrEqual(Vector256.Min(x, y), Vector256<float>.Zero)
                & Vector256.LessThanOrEqual(x, width) & Vector256.LessThanOrEqual(y, height);
            Vector256<float> isKnown = Vector256.Equals(up, up);
            Vector256<float> toEast = Vector256.Create(cameraEast) - east;
            Vector256<float> inset = Vector256.Min(Vector256.Min(x, width - x), Vector256.Min(y, height - y)) / border;
            Vector256<float> outside = Vector256.Max(Vector256<float>.Zero, one - inset);
            Vector256<float> score = -(Vector256.Sqrt((toEast * toEast) + Vector256.Create(toNorth * toNorth)) / (Vector256.Create(cameraUp) - up))
                - Vector256.Create(coarseness) - (BorderPenalty * outside * outside);
            isSeen &= isKnown;
            score = Vector256.ConditionalSelect(isSeen, score, lowest);
            score.CopyTo(Score, i);
            isNeeded[(row / GroupCells * groups) + (column / GroupCells)] |=
                Vector256.GreaterThanAny(score, Vector256.Create(best.AsSpan(i)) - Vector256.Create(behind));
            Vector256.ConditionalSelect(isSeen, x, Vector256.Create(float.NaN)).CopyTo(X, i);
            y.CopyTo(Y, i);
            uint away = Vector256.AndNot(isKnown, isSeen).ExtractMostSignificantBits();
            for (int lane = 0; lane < Vector256<float>.Count; lane++)
            {
                hidden[i + lane] = (byte)((away >> lane) & 1);
            }
        }
    }

    /// <summary>Whether the softened visibility of a needed group depends on this one.</summary>
    private bool IsNearNeeded(int x, int y)
    {
        for (int row = Math.Max(0, y - 1); row <= Math.Min(groups - 1, y + 1); row++)
        {
            for (int column = Math.Max(0, x - 1); column <= Math.Min(groups - 1, x + 1); column++)
            {
                if (isNeeded[(row * groups) + column])
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Marks the cells of a group that something hides; whether any is, or is not shown.</summary>
    private bool HideGroup(int left, int top, BlockGround ground, OrthoScene scene)
    {
        float reach = (float)scene.Options.OcclusionReachMetres;
        float tolerance = scene.ToleranceMetres;
        (float cameraEast, float cameraNorth, float cameraUp) = ground.AnchorToCamera(View);
        bool anyHidden = false;
        Span<float> ups = stackalloc float[GroupCells];
        for (int row = top; row < top + GroupCells; row++)
        {
            int i = (row * edge) + left;
            Vector256<float> x = Vector256.Create(X.AsSpan(i));
            for (int lane = 0; lane < GroupCells; lane++)
            {
                ups[lane] = ground.MapUp(i + lane);
            }

            Vector256<int> isHidden = scene.Horizon.HidesEight(
                ground.HorizonColumns.From(left),
                EightPlaces.All(scene.Horizon.RowOf(ground.MapNorth(row))),
                Vector256.ConditionalSelect(Vector256.Equals(x, x), Vector256.Create<float>(ups), Vector256.Create(float.NaN)),
                Vector256.Create(cameraEast) - Vector256.Create(ground.Easts.AsSpan(left)),
                Vector256.Create(cameraNorth - ground.North(row)),
                Vector256.Create(cameraUp) - Vector256.Create(ground.Heights.AsSpan(i)),
                reach,
                tolerance);
            uint lanes = isHidden.ExtractMostSignificantBits();
            for (int lane = 0; lane < GroupCells; lane++)
            {
                // What the photo does not show is marked already.
                hidden[i + lane] |= (byte)((lanes >> lane) & 1);
                anyHidden |= hidden[i + lane] != 0;
            }
        }

        return anyHidden;
    }

    /// <summary>Colour of the photo at a full-size pixel, at the level of the pyramid that fits the cells.</summary>
    public Vector128<float> Detail(float x, float y)
    {
        detail ??= View.Photo(detailLevel, cancellationToken);
        return gain * PhotoSampler.Cubic(detail, x * detailScale, y * detailScale);
    }

    /// <summary>The same, averaged over some 32 × 32 cells.</summary>
    public Vector128<float> Tone(float x, float y)
    {
        detail ??= View.Photo(detailLevel, cancellationToken);
        tone ??= View.Photo(toneLevel, cancellationToken);
        return gain * PhotoSampler.Linear(tone, x * toneScale, y * toneScale);
    }

    /// <summary>How much hides a cell, metres; where that is <paramref name="enough"/> or more, any such number.</summary>
    public float Rise(int cell, BlockGround ground, OrthoScene scene, float enough)
    {
        (int row, int column) = Math.DivRem(cell, edge);
        (float east, float north, float up) = (ground.Easts[column], ground.North(row), ground.Heights[cell]);
        return scene.Horizon.RiseAbove(
            ground.AnchorInMap.X + east, ground.AnchorInMap.Y + north, (float)(ground.AnchorInMap.Z + up),
            ground.ToCamera(View, east, north, up), (float)scene.Options.OcclusionReachMetres, enough);
    }

    private static float Coarseness(OrthoView view) => ResolutionWeight * (float)Math.Log(view.PixelSizeMetres);

    private void Prepare(OrthoView view, double resolution)
    {
        int levels = PhotoPyramid.LevelsOf(view.Camera.Width, view.Camera.Height);
        detailLevel = DetailLevel(view, resolution);
        toneLevel = Math.Min(detailLevel + ToneLevels, levels - 1);
        detailScale = 1f / (1 << detailLevel);
        toneScale = 1f / (1 << toneLevel);
        coarseness = Coarseness(view);
        gain = Vector128.Create(view.Gain.Red, view.Gain.Green, view.Gain.Blue, 0);
    }

    /// <summary>Grows what is hidden, which closes specks and clears the rims, then ramps off.</summary>
    private void Soften()
    {
        SumUp();
        for (int row = 0; row < edge; row++)
        {
            for (int column = 0; column < edge; column++)
            {
                hidden[(row * edge) + column] = (byte)(SumAround(column, row, spread + 1, out _) > 0 ? 1 : 0);
            }
        }

        SumUp();
        for (int row = 0; row < edge; row++)
        {
            for (int column = 0; column < edge; column++)
            {
                int sum = SumAround(column, row, spread, out int area);
                Openness[(row * edge) + column] = sum == 0 ? 1 : 1 - ((float)sum / area);
            }
        }
    }

    private void SumUp()
    {
        for (int row = 0; row < edge; row++)
        {
            int line = 0;
            for (int column = 0; column < edge; column++)
            {
                line += hidden[(row * edge) + column];
                sums[((row + 1) * (edge + 1)) + column + 1] = sums[(row * (edge + 1)) + column + 1] + line;
            }
        }
    }

    private int SumAround(int column, int row, int radius, out int area)
    {
        int left = Math.Max(0, column - radius);
        int right = Math.Min(edge, column + radius + 1);
        int top = Math.Max(0, row - radius);
        int bottom = Math.Min(edge, row + radius + 1);
        area = (right - left) * (bottom - top);
        return sums[(bottom * (edge + 1)) + right] - sums[(top * (edge + 1)) + right]
            - sums[(bottom * (edge + 1)) + left] + sums[(top * (edge + 1)) + left];
    }
}
