using OdmNode.Dense.Filtering;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Native.Kernels;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>Estimates the depth map of one photo against its neighbours.</summary>
/// <remarks>
/// Multi-view plane sweep with a census cost, aggregated semi-globally (H. Hirschmüller, Stereo processing by semiglobal
/// matching and mutual information, PAMI 30(2), 2008), from coarse to fine with a search range of each pixel's own. The
/// planes lie parallel in inverse depth above a plane fitted to the tie points. One thread; photos are independent.
/// </remarks>
public static class DepthMapEstimator
{
    private const int MinPriorPoints = 3;
    private const int MaxPadding = 640;

    /// <summary>Planes by which pixels beside each other may differ and still be one surface: leaves are rough.</summary>
    private const float MaxSurfaceStep = 5;

    /// <summary>Most memory that one call takes beside its arguments and its result, bytes.</summary>
    public static long RequiredBytes(in PinholeCamera reference, int neighbours, DepthMapOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        long pixels = (long)reference.Width * reference.Height;
        long border = 2 * (StereoKernels.MinPadding + Math.Min(MaxPadding, Math.Max(reference.Width, reference.Height) / 4));
        long padded = (reference.Width + border) * (reference.Height + border);
        int views = Math.Min(neighbours, StereoKernels.MaxViews);

        // Costs are bytes and their sums words; the rest are ranges, planes, the search for specks and grey pyramids.
        return (pixels * ((3L * SearchRanges.MaxMeanEntries) + 40 + (2 * views))) + (padded * ((2 * views) + 1));
    }

    /// <param name="reference">The photo; its picture may have any number of channels.</param>
    /// <param name="neighbours">Other photos, best first, at about the same resolution; at most eight are used.</param>
    /// <param name="prior">At least three tie points of the photo; without them nothing is estimated.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked about every tenth of a second.</param>
    /// <returns>
    /// Depth 0 where nothing was found; confidence grows with the margin of the best depth over the others and is 1 where
    /// only a coarser level had an answer.
    /// </returns>
    public static DepthMap Estimate(
        DenseView reference,
        IReadOnlyList<DenseView> neighbours,
        DepthPrior prior,
        DepthMapOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(neighbours);
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(options);
        var result = new DepthMap
        {
            ImageName = reference.ImageName,
            Camera = reference.Camera,
            CameraFromWorld = reference.CameraFromWorld,
            Depth = new float[reference.Camera.Width * reference.Camera.Height],
            Confidence = new byte[reference.Camera.Width * reference.Camera.Height],
        };
        if (prior.PointsInCamera.Length < MinPriorPoints)
        {
            return result;
        }

        BaseSurface surface = BaseSurface.Fit(prior.PointsInCamera, reference.Camera);
        List<Neighbour> usable = Usable(reference, neighbours, surface);
        if (usable.Count == 0)
        {
            return result;
        }

        int levels = LevelCount(reference.Camera, options);
        GreyLevel[] pyramid = GreyLevel.Pyramid(reference, levels);
        GreyLevel[][] others = [.. usable.Select(neighbour => GreyLevel.Pyramid(neighbour.View, levels))];
        (double firstDelta, double finestStep, int planes) = Planes(prior, surface, usable, reference.Camera, levels, options);
        PlaneMap? found = null;
        for (int level = levels - 1; level >= 0; level--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PinholeCamera camera = pyramid[level].Camera;
            StereoRanges ranges = found is null
                ? SearchRanges.Uniform(camera.Width, camera.Height, planes)
                : SearchRanges.Around(found, camera.Width, camera.Height, options.SearchMargin);
            double step = finestStep * (1 << level);
            (int lowest, int highest) = Extent(ranges);
            GreyLevel[] sources = [.. others.Select(other => other[level])];
            LevelMatcher matcher = Prepare(
                pyramid[level], sources, usable, surface, firstDelta + (lowest * step), firstDelta + (highest * step), options,
                cancellationToken);
            PlaneMap? coarser = found;
            found = matcher.Match(ranges, firstDelta, step, level > 0 ? options.CoarseSmoothness : 1, cancellationToken);
            Clean(found, pyramid[level], options.SpecklePixels >> level, options.MinConfidence);
            if (coarser is not null)
            {
                FallBack(found, coarser, pyramid[level]);
            }
        }

        Convert(found!, surface, firstDelta, finestStep, result);
        return result;
    }

    private static List<Neighbour> Usable(DenseView reference, IReadOnlyList<DenseView> neighbours, in BaseSurface surface)
    {
        RigidTransform worldFromReference = reference.CameraFromWorld.Inverse();
        var usable = new List<Neighbour>();
        foreach (DenseView view in neighbours.Take(StereoKernels.MaxViews))
        {
            RigidTransform transform = view.CameraFromWorld * worldFromReference;
            SweepGeometry? geometry = SweepGeometry.Of(reference.Camera, view.Camera, transform, surface);
            if (geometry is not null && geometry.ShiftPerInverseDepth(reference.Camera) > 0)
            {
                usable.Add(new Neighbour(view, transform, geometry));
            }
        }

        return usable;
    }

    private static int LevelCount(in PinholeCamera camera, DepthMapOptions options)
    {
        int levels = 1;
        for (int side = Math.Max(camera.Width, camera.Height); side >= 2 * options.CoarsestSide; side /= 2)
        {
            levels++;
        }

        return levels;
    }

    /// <summary>The planes of the coarsest level: they cover the tie points with a margin, as dense as the widest neighbour needs.</summary>
    private static (double FirstDelta, double FinestStep, int Planes) Planes(
        DepthPrior prior, BaseSurface surface, List<Neighbour> neighbours, PinholeCamera camera, int levels, DepthMapOptions options)
    {
        double[] deltas = [.. prior.PointsInCamera.Select(p => (1 / p.Z) - surface.InverseDepth(p.X / p.Z, p.Y / p.Z))];
        Array.Sort(deltas);
        double low = deltas[deltas.Length / 100];
        double high = deltas[deltas.Length - 1 - (deltas.Length / 100)];
        double margin = options.RangeMargin * (high - low);
        low -= Math.Max(margin, options.LeastFarMargin * surface.Normal.Z);
        high += Math.Max(margin, options.LeastNearMargin * surface.Normal.Z);
        double widest = neighbours.Max(neighbour => neighbour.Geometry.ShiftPerInverseDepth(camera));
        double finestStep = options.PlaneStepPixels / widest;
        double coarsestStep = finestStep * (1 << (levels - 1));
        int planes = Math.Clamp((int)Math.Ceiling((high - low) / coarsestStep) + 1, StereoRanges.Chunk, options.MaxPlanes);
        return (low, Math.Max(finestStep, (high - low) / (planes - 1) / (1 << (levels - 1))), planes);
    }

    private static (int Lowest, int Highest) Extent(StereoRanges ranges)
    {
        int lowest = int.MaxValue;
        int highest = int.MinValue;
        for (int y = 0; y < ranges.Height; y++)
        {
            for (int x = 0; x < ranges.Width; x++)
            {
                int pixel = (y * ranges.Width) + x;
                long end = x + 1 < ranges.Width
                    ? ranges.PixelStart[pixel + 1]
                    : (ranges.RowStart[y + 1] - ranges.RowStart[y]) / StereoRanges.Chunk;
                int first = ranges.First[pixel];
                lowest = Math.Min(lowest, first);
                highest = Math.Max(highest, first + ((int)(end - ranges.PixelStart[pixel]) * StereoRanges.Chunk));
            }
        }

        return (lowest, highest);
    }

    /// <summary>Resamples the neighbours into the reference's frame, with room for the shifts of all planes.</summary>
    private static LevelMatcher Prepare(
        GreyLevel reference, GreyLevel[] sources, List<Neighbour> neighbours, BaseSurface surface, double lowDelta,
        double highDelta, DepthMapOptions options, CancellationToken cancellationToken)
    {
        PinholeCamera camera = reference.Camera;
        SweepGeometry[] geometries =
        [
            .. neighbours.Select((neighbour, i) => SweepGeometry.Of(camera, sources[i].Camera, neighbour.FromReference, surface)!),
        ];
        double shift = geometries.Max(geometry => Math.Max(geometry.LargestShift(camera, lowDelta), geometry.LargestShift(camera, highDelta)));
        int padding = StereoKernels.MinPadding + 8 + (int)Math.Min(shift, MaxPadding);
        var padded = new PaddedPlane(camera.Width, camera.Height, padding);
        for (int y = 0; y < camera.Height; y++)
        {
            reference.Pixels.AsSpan(y * camera.Width, camera.Width).CopyTo(padded.Row(y));
        }

        var views = new StereoView[neighbours.Count];
        for (int i = 0; i < views.Length; i++)
        {
            Matrix3x3 h = geometries[i].NeighbourFromReference;
            double[] homography = [h.M11, h.M12, h.M13, h.M21, h.M22, h.M23, h.M31, h.M32, h.M33];
            var grey = new PaddedPlane(camera.Width, camera.Height, padding);
            var usable = new PaddedPlane(camera.Width, camera.Height, padding);
            const int slice = 256;
            for (int y = -padding; y < camera.Height + padding; y += slice)
            {
                cancellationToken.ThrowIfCancellationRequested();
                PinholeCamera source = sources[i].Camera;
                int end = Math.Min(y + slice, camera.Height + padding);
                StereoKernels.Warp(sources[i].Pixels, source.Width, source.Height, homography, y, end, grey, usable);
            }

            Vector3D epipole = geometries[i].Epipole;
            views[i] = new StereoView(grey, usable, epipole.X, epipole.Y, epipole.Z);
        }

        return new LevelMatcher(padded, views, options);
    }

    /// <summary>Takes the answer from pixels outside the photo, unsure ones and specks.</summary>
    private static void Clean(PlaneMap map, GreyLevel level, int specklePixels, int minConfidence)
    {
        float[] values = [.. map.Planes];
        for (int i = 0; i < values.Length; i++)
        {
            if (level.Pixels[i] == 0 || map.Margins[i] < minConfidence)
            {
                values[i] = float.NaN;
            }
        }

        SpeckleFilter.Remove(values, map.Width, static (a, b) => MathF.Abs(a - b) <= MaxSurfaceStep, specklePixels);
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                map.Margins[i] = 0;
            }
        }
    }

    /// <summary>
    /// Where this level has no answer, that of the coarser level stands, as the least sure: leaves that look different from
    /// every side still match when they are blurred.
    /// </summary>
    private static void FallBack(PlaneMap map, PlaneMap coarser, GreyLevel level)
    {
        for (int y = 0; y < map.Height; y++)
        {
            int row = Math.Min(y / 2, coarser.Height - 1) * coarser.Width;
            for (int x = 0; x < map.Width; x++)
            {
                int pixel = (y * map.Width) + x;
                int source = row + Math.Min(x / 2, coarser.Width - 1);
                if (map.Margins[pixel] == 0 && level.Pixels[pixel] != 0 && coarser.Margins[source] > 0)
                {
                    map.Planes[pixel] = 2 * coarser.Planes[source];
                    map.Margins[pixel] = 1;
                }
            }
        }
    }

    private static void Convert(PlaneMap map, BaseSurface surface, double firstDelta, double step, DepthMap result)
    {
        PinholeCamera camera = result.Camera;
        for (int y = 0; y < camera.Height; y++)
        {
            for (int x = 0; x < camera.Width; x++)
            {
                int pixel = (y * camera.Width) + x;
                if (map.Margins[pixel] == 0)
                {
                    continue;
                }

                double onX = (x + 0.5 - camera.CenterX) / camera.Focal;
                double onY = (y + 0.5 - camera.CenterY) / camera.Focal;
                double inverse = surface.InverseDepth(onX, onY) + firstDelta + (map.Planes[pixel] * step);
                if (inverse > 0)
                {
                    result.Depth[pixel] = (float)(1 / inverse);
                    result.Confidence[pixel] = map.Margins[pixel];
                }
            }
        }
    }

    private sealed record Neighbour(DenseView View, RigidTransform FromReference, SweepGeometry Geometry);
}
