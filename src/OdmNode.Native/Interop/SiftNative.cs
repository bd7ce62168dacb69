using System.Runtime.InteropServices;
using OdmNode.Native.Kernels;

namespace OdmNode.Native.Interop;

/// <summary>The imports of native/include/odm_sift.h.</summary>
internal static unsafe partial class SiftNative
{
    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_sift_stride")]
    public static partial int Stride(int width);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_sift_base")]
    public static partial NativeStatus Base(int isa, byte* grey, int width, int height, int doubled, float* octave);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_sift_halve")]
    public static partial NativeStatus Halve(float* octave, int width, int height, float* next);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_sift_blur")]
    public static partial NativeStatus Blur(int isa, float* octave, int width, int height);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_sift_detect")]
    public static partial NativeStatus Detect(
        int isa, float* octave, int width, int height, float contrast, float edgeRatio, SiftPoint* points, int capacity, out int found);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_sift_orient")]
    public static partial NativeStatus Orient(
        int isa,
        float* octave,
        int width,
        int height,
        SiftPoint* points,
        int count,
        SiftDirection* directions,
        int capacity,
        out int found);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_sift_describe")]
    public static partial NativeStatus Describe(
        int isa,
        float* octave,
        int width,
        int height,
        SiftPoint* points,
        int count,
        SiftDirection* directions,
        int directionCount,
        float* histograms);
}
