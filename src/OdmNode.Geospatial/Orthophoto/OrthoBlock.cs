using System.Runtime.Intrinsics;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Renders blocks of a tile, one after the other, with buffers of its own: one object per thread.</summary>
internal sealed class OrthoBlock
{
    /// <summary>Cells around a block that its pixels depend on through the softened visibility.</summary>
    public const int Border = (2 * Spread) + 2;

    private const int Spread = 3;
    private const int Edge = OrthophotoRenderer.BlockSize + (2 * Border);
    private const float HiddenPenalty = 0.5f;
    private const float DeeplyHidden = 4;
    private readonly OrthoScene scene;
    private readonly CancellationToken cancellationToken;
    private readonly List<BlockView> slots = [];
    private readonly List<(float Score, int Index)> candidates = [];
    private readonly float[] best = new float[Edge * Edge];
    private int used;

    /// <param name="scene">The tile to render.</param>
    /// <param name="cancellationToken">Ends a wait for a photo.</param>
    public OrthoBlock(OrthoScene scene, CancellationToken cancellationToken)
    {
        this.scene = scene;
        this.cancellationToken = cancellationToken;
    }

    /// <param name="blockColumn">Counted from the grid's corner.</param>
    /// <param name="blockRow">Counted from the grid's corner.</param>
    /// <param name="target">The cells of <paramref name="pixels"/>; holds the whole block.</param>
    /// <param name="pixels">Pixels of which those of the block are written; hidden ones and their rims get an alpha of <see cref="HiddenFiller"/>.</param>
    /// <returns>Whether a pixel of the block is hidden in all photos, or beside one that is.</returns>
    public bool Render(int blockColumn, int blockRow, CellRectangle target, byte[] pixels)
    {
        const int size = OrthophotoRenderer.BlockSize;
        var cells = new CellRectangle((blockColumn * size) - Border, (blockRow * size) - Border, Edge, Edge);
        if (BlockGround.Of(scene.Tile.Grid, cells, scene.Ground, scene.Horizon) is not { } ground)
        {
            return false;
        }

        MeasureViews(ground);
        bool anyHidden = false;
        var composer = new CellComposer(scene, slots, used);
        for (int row = Border; row < Border + size; row++)
        {
            int y = cells.Y + row - target.Y;
            for (int column = Border; column < Border + size; column++)
            {
                int x = cells.X + column - target.X;
                int cell = (row * Edge) + column;
                if (!float.IsNaN(ground.Heights[cell]) && composer.TryCompose(cell, ground, out Vector128<float> color, out byte alpha))
                {
                    Span<byte> pixel = pixels.AsSpan(4 * ((y * target.Width) + x), 4);
                    pixel[0] = Rounded(color.GetElement(0));
                    pixel[1] = Rounded(color.GetElement(1));
                    pixel[2] = Rounded(color.GetElement(2));
                    pixel[3] = alpha;
                    anyHidden |= alpha != 255;
                }
            }
        }

        return anyHidden;
    }

    private static byte Rounded(float value) => (byte)Math.Clamp((int)(value + 0.5f), 0, 255);

    /// <summary>Measures views, the steepest first, until no further one can matter anywhere in the block.</summary>
    private void MeasureViews(BlockGround ground)
    {
        Vector3D anchorInWorld = scene.MapFrame?.WorldFromMap(ground.AnchorInMap) ?? ground.AnchorInMap;
        Matrix3x3 worldFromMap = scene.MapFrame?.WorldFromMapJacobian(ground.AnchorInMap) ?? Matrix3x3.Identity;
        candidates.Clear();
        float nearest = float.PositiveInfinity;
        for (int i = 0; i < scene.Views.Count; i++)
        {
            SceneView view = scene.Views[i];
            var projection = new GroundView(view.View, view.FarthestRadiusSquared, anchorInWorld, worldFromMap);
            (float east, float north, float up) = ground.ToCamera(view, 0, 0, ground.Lowest);
            if (up - ground.Highest + ground.Lowest > 0 && MayShow(view, projection, ground))
            {
                nearest = Math.Min(nearest, up);
                candidates.Add((BlockView.PlainScore(view, east, north, up), i));
            }
        }

        candidates.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Index.CompareTo(b.Index));
        Array.Fill(best, float.NegativeInfinity);
        used = 0;
        float resolution = (float)scene.Tile.Grid.Resolution;
        float variation = Edge * resolution / nearest;
        float blend = 2 * (float)scene.Options.ToneBlendCells * resolution / Math.Max(1e-3f, nearest - ground.Highest + ground.Lowest);
        foreach ((float score, int index) in candidates)
        {
            if (score + variation < LowestBest(ground) - blend)
            {
                break;
            }

            SceneView view = scene.Views[index];
            if (used == slots.Count)
            {
                slots.Add(new BlockView(Edge, Spread, cancellationToken));
            }

            BlockView slot = slots[used++];
            slot.Measure(view, new GroundView(view.View, view.FarthestRadiusSquared, anchorInWorld, worldFromMap), ground, scene, best, blend);
            for (int i = 0; i < best.Length; i++)
            {
                best[i] = slot.Openness[i] > 0 ? Math.Max(best[i], slot.Score[i] - (HiddenPenalty * (1 - slot.Openness[i]))) : best[i];
            }
        }
    }

    private float LowestBest(BlockGround ground)
    {
        float lowest = float.PositiveInfinity;
        for (int row = Border; row < Edge - Border; row++)
        {
            for (int i = (row * Edge) + Border; i < (row * Edge) + Edge - Border; i++)
            {
                lowest = float.IsNaN(ground.Heights[i]) ? lowest : Math.Min(lowest, best[i]);
            }
        }

        return lowest;
    }

    private static bool MayShow(SceneView view, in GroundView projection, BlockGround ground)
    {
        const float margin = 0.03f;
        float width = view.View.Camera.Width;
        float height = view.View.Camera.Height;
        for (int i = 0; i < 18; i++)
        {
            float east = ground.Easts[(i % 3) * (Edge - 1) / 2];
            float north = ground.North((i / 3 % 3) * (Edge - 1) / 2);
            if (projection.TryProject(east, north, i < 9 ? ground.Lowest : ground.Highest, out float x, out float y)
                && x >= -margin * width && x <= (1 + margin) * width && y >= -margin * height && y <= (1 + margin) * height)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Blends the views of one cell.</summary>
    private readonly ref struct CellComposer(OrthoScene scene, List<BlockView> slots, int used)
    {
        public bool TryCompose(int cell, BlockGround ground, out Vector128<float> color, out byte alpha)
        {
            alpha = 255;
            float top = float.NegativeInfinity;
            int leader = -1;
            for (int i = 0; i < used; i++)
            {
                BlockView slot = slots[i];
                if (slot.Openness[cell] > 0 && Worth(slot, cell) > top)
                {
                    top = Worth(slot, cell);
                    leader = i;
                }
            }

            if (leader < 0)
            {
                return TryLeastHidden(cell, ground, out color, out alpha);
            }

            float up = (float)(slots[leader].View.CenterInMap.Z - ground.MapUp(cell));
            float unit = 2 * (float)scene.Tile.Grid.Resolution / up;
            float detailWidth = unit * (float)scene.Options.DetailBlendCells;
            float toneWidth = unit * (float)scene.Options.ToneBlendCells;
            Vector128<float> detail = Vector128<float>.Zero;
            Vector128<float> tone = Vector128<float>.Zero;
            float detailWeight = 0;
            float toneWeight = 0;
            bool alone = IsAlone(cell, leader, top - toneWidth);
            if (alone)
            {
                color = Detail(slots[leader], cell);
                return true;
            }

            for (int i = 0; i < used; i++)
            {
                BlockView slot = slots[i];
                float behind = slot.Openness[cell] > 0 ? top - Worth(slot, cell) : float.PositiveInfinity;
                if (!(behind < toneWidth))
                {
                    continue;
                }

                Vector128<float> low = slot.Tone(slot.X[cell], slot.Y[cell]);
                float weight = 1 - (behind / toneWidth);
                tone += Vector128.Create(weight) * low;
                toneWeight += weight;
                if (behind < detailWidth)
                {
                    weight = 1 - (behind / detailWidth);
                    detail += Vector128.Create(weight) * (Detail(slot, cell) - low);
                    detailWeight += weight;
                }
            }

            color = (detail / Vector128.Create(detailWeight)) + (tone / Vector128.Create(toneWeight));
            return true;
        }

        private static Vector128<float> Detail(BlockView slot, int cell) => slot.Detail(slot.X[cell], slot.Y[cell]);

        private static float Worth(BlockView slot, int cell) => slot.Score[cell] - (HiddenPenalty * (1 - slot.Openness[cell]));

        private bool IsAlone(int cell, int leader, float least)
        {
            for (int i = 0; i < used; i++)
            {
                if (i != leader && slots[i].Openness[cell] > 0 && Worth(slots[i], cell) > least)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>A cell that nothing sees openly takes the view that is hidden least, rather than stay empty.</summary>
        private bool TryLeastHidden(int cell, BlockGround ground, out Vector128<float> color, out byte alpha)
        {
            float least = float.PositiveInfinity;
            int leader = -1;
            for (int i = 0; i < used; i++)
            {
                if (!float.IsNaN(slots[i].X[cell]) && slots[i].Rise(cell, ground, scene, least) is { } rise && rise < least)
                {
                    least = rise;
                    leader = i;
                }
            }

            color = default;
            alpha = least >= DeeplyHidden * scene.ToleranceMetres ? HiddenFiller.HiddenAlpha : HiddenFiller.RimAlpha;
            if (leader < 0)
            {
                return false;
            }

            BlockView slot = slots[leader];
            color = Detail(slot, cell);
            return true;
        }
    }
}
