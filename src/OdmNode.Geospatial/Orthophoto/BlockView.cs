using OdmNode.Imaging.Resampling;
using System.Runtime.Intrinsics;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>What one view is worth at the cells of a block and its border; buffers are used again from block to block.</summary>
internal sealed class BlockView
{
    private const float BorderShare = 0.05f;
    private const float BorderPenalty = 0.3f;
    private const float ResolutionWeight = 0.5f;
    private const int ToneLevels = 5;
    private readonly CancellationToken cancellationToken;
    private readonly byte[] hidden;
    private readonly int[] sums;
    private readonly int edge;
    private readonly int spread;
    private GroundView projection;
    private PhotoPyramid? photo;
    private Vector128<float> gain;
    private int detailLevel;
    private int toneLevel;
    private float detailScale;
    private float toneScale;

    /// <param name="edge">Cells along the region's edge.</param>
    /// <param name="spread">Cells by which hidden areas grow, twice: once hard, once softly.</param>
    /// <param name="cancellationToken">Ends a wait for a photo.</param>
    public BlockView(int edge, int spread, CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        this.edge = edge;
        this.spread = spread;
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

    /// <summary>1 where the view is open, 0 where it is hidden or ends, with a ramp on the open side.</summary>
    public float[] Openness { get; }

    /// <summary>Score without the border's penalty.</summary>
    public static float PlainScore(SceneView view, float east, float north, float up) =>
        -(MathF.Sqrt((east * east) + (north * north)) / up) - (ResolutionWeight * (float)Math.Log(view.View.PixelSizeMetres));

    /// <summary>The level of a photo's pyramid whose pixels fit cells of a width.</summary>
    public static int DetailLevel(OrthoView view, double resolutionMetres) => Math.Min(
        (int)Math.Floor(Math.Log2(Math.Max(1, resolutionMetres / view.PixelSizeMetres)) + 0.4),
        PhotoPyramid.LevelsOf(view.Camera.Width, view.Camera.Height) - 1);

    /// <summary>Projects all cells and tests what hides them.</summary>
    public void Measure(SceneView view, in GroundView groundView, BlockGround ground, OrthoScene scene)
    {
        View = view;
        projection = groundView;
        photo = null;
        Prepare(view.View, scene.Tile.Grid.Resolution);
        float width = view.View.Camera.Width;
        float height = view.View.Camera.Height;
        float border = BorderShare * Math.Min(width, height);
        float reach = (float)scene.Options.OcclusionReachMetres;
        float tolerance = scene.ToleranceMetres;
        bool anyHidden = false;
        for (int row = 0; row < edge; row++)
        {
            float north = ground.North(row);
            for (int column = 0; column < edge; column++)
            {
                int i = (row * edge) + column;
                float up = ground.Heights[i];
                hidden[i] = 0;
                Score[i] = float.NegativeInfinity;
                X[i] = float.NaN;
                if (float.IsNaN(up))
                {
                    continue;
                }

                float east = ground.East(column);
                if (!projection.TryProject(east, north, up, out float x, out float y) || !(x >= 0 && y >= 0 && x <= width && y <= height))
                {
                    hidden[i] = 1;
                    anyHidden = true;
                    continue;
                }

                X[i] = x;
                Y[i] = y;
                (float East, float North, float Up) toCamera = ground.ToCamera(view, east, north, up);
                float inset = Math.Min(Math.Min(x, width - x), Math.Min(y, height - y)) / border;
                float penalty = inset >= 1 ? 0 : BorderPenalty * (1 - inset) * (1 - inset);
                Score[i] = PlainScore(view, toCamera.East, toCamera.North, toCamera.Up) - penalty;
                if (scene.Horizon.Hides(ground.MapEast(column), ground.MapNorth(row), ground.MapUp(i), toCamera, reach, tolerance))
                {
                    hidden[i] = 1;
                    anyHidden = true;
                }
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
    }

    /// <summary>Colour of the photo at a full-size pixel, at the level of the pyramid that fits the cells.</summary>
    public Vector128<float> Detail(float x, float y)
    {
        photo ??= View.Photo(cancellationToken);
        return gain * PhotoSampler.Cubic(photo.Levels[detailLevel], x * detailScale, y * detailScale);
    }

    /// <summary>The same, averaged over some 32 × 32 cells.</summary>
    public Vector128<float> Tone(float x, float y)
    {
        photo ??= View.Photo(cancellationToken);
        return gain * PhotoSampler.Linear(photo.Levels[toneLevel], x * toneScale, y * toneScale);
    }

    /// <summary>How much hides a cell, metres.</summary>
    public float Rise(int cell, BlockGround ground, OrthoScene scene)
    {
        (int row, int column) = Math.DivRem(cell, edge);
        return Rise(ground.East(column), ground.North(row), ground.Heights[cell], ground, scene);
    }

    private float Rise(float east, float north, float up, BlockGround ground, OrthoScene scene) => scene.Horizon.RiseAbove(
        ground.AnchorInMap.X + east, ground.AnchorInMap.Y + north, (float)(ground.AnchorInMap.Z + up),
        ground.ToCamera(View, east, north, up), (float)scene.Options.OcclusionReachMetres);

    private void Prepare(OrthoView view, double resolution)
    {
        int levels = PhotoPyramid.LevelsOf(view.Camera.Width, view.Camera.Height);
        detailLevel = DetailLevel(view, resolution);
        toneLevel = Math.Min(detailLevel + ToneLevels, levels - 1);
        detailScale = 1f / (1 << detailLevel);
        toneScale = 1f / (1 << toneLevel);
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
