using System.Runtime.InteropServices;

namespace OdmNode.Native.Interop;

/// <summary>The imports of native/include/odm_jpeg.h.</summary>
internal static unsafe partial class JpegNative
{
    /// <summary>Mirrors <c>odm_jpeg_header</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        public int Width;
        public int Height;
        public int IsGrey;
        public int Reserved;
    }

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_jpeg_read_header")]
    public static partial NativeStatus ReadHeader(byte* file, long length, Header* header);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_jpeg_decode")]
    public static partial NativeStatus Decode(byte* file, long length, int denominator, int channels, byte* pixels, long capacity);
}
