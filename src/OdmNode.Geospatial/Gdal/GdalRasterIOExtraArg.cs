using System.Runtime.InteropServices;

namespace OdmNode.Geospatial.Gdal;

/// <summary>GDAL's <c>GDALRasterIOExtraArg</c>, version 1 (gdal.h): how samples are reduced when less is read than is there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GdalRasterIOExtraArg
{
    /// <summary>GRIORA_Average.</summary>
    public const int Average = 5;

    public int Version;
    public int Resampling;
    public void* Progress;
    public void* ProgressData;
    public int HasFloatingWindow;
    public double X;
    public double Y;
    public double Width;
    public double Height;
}
