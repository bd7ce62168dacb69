using OdmNode.Geometry.Cameras;
using OdmNode.Native.Kernels;

namespace OdmNode.Sfm.Bundle;

/// <summary>Which values of a lens an adjustment may change, and how far each is believed before it.</summary>
internal static class LensFreedom
{
    private const double AspectSigma = 0.01;
    private const double TransitionSigma = 0.5;
    private const int Aspect = 1;

    /// <summary>Standard deviations in the order of <see cref="Camera.Parameters"/>.</summary>
    public static double[] Sigmas(SfmCamera setting)
    {
        Camera start = setting.Start;
        double center = setting.CenterSigma * start.LongestSide;
        double radial = setting.RadialSigma;
        double tangential = setting.TangentialSigma;
        double focal = setting.FocalSigma * start.FocalX;
        return start.IsWide
            ? [focal, AspectSigma, center, center, radial, radial, radial, radial, TransitionSigma]
            : [focal, AspectSigma, center, center, radial, radial, radial, tangential, tangential];
    }

    /// <summary>Writes 1 for each value that is held and 0 for the others.</summary>
    public static void Hold(SfmCamera setting, LensRelease frees, Span<byte> constant)
    {
        constant.Fill(1);
        if (setting.IsFixed || frees == LensRelease.None || setting.Start.Model == LensModel.Spherical)
        {
            return;
        }

        foreach (int value in frees == LensRelease.All ? Estimated(setting.Start.Model) : [0, 4, 5])
        {
            constant[value] = 0;
        }

        constant[Aspect] = setting.EstimatesAspect ? constant[Aspect] : (byte)1;
    }

    /// <summary>The model of the native adjustment.</summary>
    public static int NativeModel(Camera lens) => lens switch
    {
        SphericalCamera => BundleProblem.SphericalLens,
        FisheyeCamera => BundleProblem.RadialLens,
        _ => BundleProblem.BrownLens,
    };

    private static ReadOnlySpan<int> Estimated(LensModel model) => model switch
    {
        LensModel.Brown => [0, Aspect, 2, 3, 4, 5, 6, 7, 8],
        LensModel.FisheyeOpenCv => [0, Aspect, 2, 3, 4, 5, 6, 7],
        LensModel.Dual => [0, 4, 5, 8],
        _ => [0, 4, 5],
    };
}
