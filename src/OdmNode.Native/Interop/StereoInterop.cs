using System.Runtime.InteropServices;

namespace OdmNode.Native.Interop;

/// <summary>The functions of native/include/odm_stereo.h.</summary>
internal static unsafe partial class StereoInterop
{
    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_stereo_cost")]
    internal static partial NativeStatus Cost(
        in StereoFrameStruct frame, StereoViewStruct* views, int viewCount, int bestCount, in StereoRangesStruct ranges,
        int rowBegin, int rowEnd, byte* volume, int isa);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_stereo_aggregate_scratch_bytes")]
    internal static partial long AggregateScratchBytes(int width, long maxRowEntries);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_stereo_aggregate")]
    internal static partial NativeStatus Aggregate(
        in StereoRangesStruct ranges, byte* volume, byte* grey, int stride, int smallPenalty, byte* largePenalty,
        int backward, int rowBegin, int rowEnd, ushort* sums, byte* scratch, long scratchBytes, int isa);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_stereo_winner")]
    internal static partial NativeStatus Winner(
        in StereoRangesStruct ranges, ushort* sums, int rowBegin, int rowEnd, float* plane, byte* margin);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_stereo_warp")]
    internal static partial NativeStatus Warp(
        byte* source, int sourceWidth, int sourceHeight, double* homography, int rowBegin, int rowEnd, int columnBegin,
        int columnEnd, int targetStride, byte* target, byte* usable);

    /// <summary>odm_stereo_view.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct StereoViewStruct
    {
        public byte* Grey;
        public byte* Usable;
        public double EpipoleX;
        public double EpipoleY;
        public double EpipoleZ;
    }

    /// <summary>odm_stereo_frame.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct StereoFrameStruct
    {
        public byte* Reference;
        public int Stride;
        public int Padding;
        public double FirstDelta;
        public double StepDelta;
    }

    /// <summary>odm_stereo_ranges.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct StereoRangesStruct
    {
        public short* First;
        public int* PixelStart;
        public long* RowStart;
        public int Width;
        public int Height;
    }
}
