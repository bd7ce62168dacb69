using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;

namespace OdmNode.Geospatial.Edges;

/// <summary>How badly the photos agree on the colour of band cells, were they at the one or the other height.</summary>
/// <remarks>
/// At the true height all photos that see a cell show the same spot. At a wrong one each shows another. Photos are balanced block
/// by block on the sure cells around, where also the disagreement that is mere noise is measured.
/// </remarks>
internal sealed class HypothesisCosts
{
    private const int BlockEdge = 48;
    private const int MostViews = 8;
    private const int SampleStep = 4;
    private const int FewestSamples = 12;
    private const float Neutral = 0.5f;
    private readonly StepBand band;
    private readonly OrthoScene scene;
    private readonly CellRectangle cells;
    private readonly float[] heights;
    private readonly float nearMetres;
    private readonly float[] upper;
    private readonly float[] lower;

    /// <param name="band">Of the cells.</param>
    /// <param name="scene">Views and the surface that hides.</param>
    /// <param name="cells">Of the scene's grid.</param>
    /// <param name="heights">Of the cells, metres.</param>
    /// <param name="nearMetres">A difference of heights that is none.</param>
    public HypothesisCosts(StepBand band, OrthoScene scene, CellRectangle cells, float[] heights, float nearMetres)
    {
        (this.band, this.scene, this.cells, this.heights, this.nearMetres) = (band, scene, cells, heights, nearMetres);
        upper = new float[heights.Length];
        lower = new float[heights.Length];
        Guide = new float[heights.Length];
        Array.Fill(upper, Neutral);
        Array.Fill(lower, Neutral);
        Current = new float[heights.Length];
        Array.Fill(Guide, float.NaN);
    }

    /// <summary>From 0 to 1, of the surface above; 0.5 where fewer than two photos see it.</summary>
    public float[] Upper => upper;

    /// <summary>The same of the surface below.</summary>
    public float[] Lower => lower;

    /// <summary>The same of the surface as it is; only where it is far from both.</summary>
    public float[] Current { get; }

    /// <summary>Brightness of the steepest view, 0 to 255, at the upper height; NaN where nothing sees it.</summary>
    public float[] Guide { get; }

    public void Measure(CancellationToken cancellationToken)
    {
        for (int y = 0; y < cells.Height; y += BlockEdge)
        {
            for (int x = 0; x < cells.Width; x += BlockEdge)
            {
                cancellationToken.ThrowIfCancellationRequested();
                MeasureBlock(x, y, Math.Min(BlockEdge, cells.Width - x), Math.Min(BlockEdge, cells.Height - y), cancellationToken);
            }
        }
    }

    private void MeasureBlock(int left, int top, int width, int height, CancellationToken cancellationToken)
    {
        var members = new List<int>();
        var sure = new List<int>();
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                int cell = (y * cells.Width) + x;
                if (!float.IsNaN(band.Upper[cell]))
                {
                    members.Add(cell);
                }
                else if (x % SampleStep == 0 && y % SampleStep == 0 && !float.IsNaN(heights[cell]))
                {
                    sure.Add(cell);
                }
            }
        }

        if (members.Count == 0)
        {
            return;
        }

        var anchor = new Vector3D(
            scene.Tile.Grid.EastingOf(cells.X + left + (width / 2)), scene.Tile.Grid.NorthingOf(cells.Y + top + (height / 2)), band.Upper[members[0]]);
        EdgeView[] views = ViewsOf(anchor, cancellationToken);
        if (views.Length < 2)
        {
            return;
        }

        float noise = Balance(views, sure, anchor);
        var block = new BlockCells(scene, cells, members, anchor);
        block.Look(views, i => band.Upper[members[i]]);
        for (int i = 0; i < members.Count; i++)
        {
            upper[members[i]] = CostOf(block, i, noise, out Guide[members[i]]);
        }

        block.Look(views, i => band.Lower[members[i]]);
        for (int i = 0; i < members.Count; i++)
        {
            lower[members[i]] = CostOf(block, i, noise, out _);
        }

        block.Look(views, i => IsAsIs(members[i]) ? heights[members[i]] : float.NaN);
        for (int i = 0; i < members.Count; i++)
        {
            Current[members[i]] = IsAsIs(members[i]) ? CostOf(block, i, noise, out _) : 1;
        }
    }

    /// <summary>Whether a cell has a height of its own.</summary>
    private bool IsAsIs(int cell) => !float.IsNaN(heights[cell]) && !band.IsNear(cell, heights[cell], nearMetres);

    /// <summary>The steepest views of a place.</summary>
    private EdgeView[] ViewsOf(Vector3D anchor, CancellationToken cancellationToken)
    {
        Vector3D anchorInWorld = scene.MapFrame?.WorldFromMap(anchor) ?? anchor;
        Matrix3x3 worldFromMap = scene.MapFrame?.WorldFromMapJacobian(anchor) ?? Matrix3x3.Identity;
        var found = new List<(float Score, int Index)>();
        for (int i = 0; i < scene.Views.Count; i++)
        {
            SceneView view = scene.Views[i];
            Vector3D toCamera = view.CenterInMap - anchor;
            var projection = new GroundView(view.View, view.FarthestRadiusSquared, anchorInWorld, worldFromMap);
            if (toCamera.Z > 0 && projection.TryProject(0, 0, 0, out float x, out float y)
                && x >= 0 && y >= 0 && x <= view.View.Camera.Width && y <= view.View.Camera.Height)
            {
                found.Add((BlockView.PlainScore(view, (float)toCamera.X, (float)toCamera.Y, (float)toCamera.Z), i));
            }
        }

        return [.. found.OrderByDescending(v => v.Score).ThenBy(v => v.Index).Take(MostViews)
            .Select(v => new EdgeView(scene, scene.Views[v.Index], anchor, anchorInWorld, worldFromMap, cancellationToken))];
    }

    /// <summary>Sets the views' gains so that they agree on sure cells; how much they still differ there, grey levels.</summary>
    private float Balance(EdgeView[] views, List<int> sure, Vector3D anchor)
    {
        const float usual = 6;
        var colors = new List<Vector128<float>>();
        var seen = new List<int>();
        var ends = new List<int>();
        Span<Vector128<float>> some = stackalloc Vector128<float>[MostViews];
        Span<int> by = stackalloc int[MostViews];
        var block = new BlockCells(scene, cells, sure, anchor);
        block.Look(views, i => heights[sure[i]]);
        for (int i = 0; i < sure.Count; i++)
        {
            int count = block.ColorsOf(i, some, by);
            if (count >= 2)
            {
                colors.AddRange(some[..count]);
                seen.AddRange(by[..count]);
                ends.Add(colors.Count);
            }
        }

        SetGains(views, CollectionsMarshal.AsSpan(colors), CollectionsMarshal.AsSpan(seen), ends);
        var differences = new List<float>(ends.Count);
        int start = 0;
        foreach (int end in ends)
        {
            for (int i = start; i < end; i++)
            {
                some[i - start] = views[seen[i]].Gain * colors[i];
            }

            Span<Vector128<float>> balanced = some[..(end - start)];
            differences.Add(Difference(balanced, Mean(balanced)));
            start = end;
        }

        differences.Sort();
        return differences.Count < FewestSamples ? usual : differences[differences.Count / 2];
    }

    /// <summary>Makes each view as bright, on the whole, as the mean of all that see the same cells.</summary>
    private static void SetGains(EdgeView[] views, ReadOnlySpan<Vector128<float>> colors, ReadOnlySpan<int> seen, List<int> ends)
    {
        Vector128<float>[] sums = new Vector128<float>[views.Length];
        Vector128<float>[] means = new Vector128<float>[views.Length];
        int[] counts = new int[views.Length];
        int start = 0;
        foreach (int end in ends)
        {
            Vector128<float> mean = Mean(colors[start..end]);
            for (; start < end; start++)
            {
                sums[seen[start]] += colors[start];
                means[seen[start]] += mean;
                counts[seen[start]]++;
            }
        }

        for (int i = 0; i < views.Length; i++)
        {
            views[i].Gain = counts[i] < FewestSamples ? Vector128<float>.One : Ratio(means[i], sums[i]);
        }
    }

    private static Vector128<float> Ratio(Vector128<float> a, Vector128<float> b)
    {
        Vector128<float> one = Vector128<float>.One;
        return Vector128.Max(Vector128.Min((a + one) / (b + one), Vector128.Create(2f)), Vector128.Create(0.5f));
    }

    private static float CostOf(BlockCells block, int index, float noise, out float brightness)
    {
        Span<Vector128<float>> colors = stackalloc Vector128<float>[MostViews];
        Span<int> seen = stackalloc int[MostViews];
        int count = block.ColorsOf(index, colors, seen);
        brightness = count == 0 ? float.NaN : (colors[0].GetElement(0) + colors[0].GetElement(1) + colors[0].GetElement(2)) / 3;
        if (count < 2)
        {
            return Neutral;
        }

        Span<Vector128<float>> used = colors[..count];
        float excess = Math.Max(0, Difference(used, Mean(used)) - noise);
        return Math.Min(1, excess / ((2 * noise) + 6));
    }

    private static Vector128<float> Mean(ReadOnlySpan<Vector128<float>> colors)
    {
        Vector128<float> sum = Vector128<float>.Zero;
        foreach (Vector128<float> color in colors)
        {
            sum += color;
        }

        return sum / Vector128.Create((float)colors.Length);
    }

    /// <summary>Mean absolute deviation over channels and views.</summary>
    private static float Difference(ReadOnlySpan<Vector128<float>> colors, Vector128<float> mean)
    {
        Vector128<float> sum = Vector128<float>.Zero;
        foreach (Vector128<float> color in colors)
        {
            sum += Vector128.Abs(color - mean);
        }

        return (sum.GetElement(0) + sum.GetElement(1) + sum.GetElement(2)) / (3 * colors.Length);
    }
}
