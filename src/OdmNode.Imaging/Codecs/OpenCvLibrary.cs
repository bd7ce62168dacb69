using System.Runtime.InteropServices;

namespace OdmNode.Imaging.Codecs;

/// <summary>Makes room for OpenCV's native library beside others of the process.</summary>
/// <remarks>
/// OpenCvSharp's library brings codecs of its own (libpng, libjpeg, liblzma, Zstandard) and hands their functions out. A library that the
/// loader opens on its behalf finds those instead of its own: the system's Zstandard, for one, is then a mixture of two versions, and GDAL
/// cannot read what it has just compressed. What OpenCV needs of the system all hangs on GTK; opened before, it is bound to itself.
/// </remarks>
public static class OpenCvLibrary
{
    private static readonly Lazy<bool> SystemLibraries = new(() => NativeLibrary.TryLoad("libgtk-3.so.0", out _));

    /// <summary>To be called before anything of OpenCV. Where GTK is not installed OpenCV itself says so.</summary>
    public static void Prepare() => _ = SystemLibraries.Value;
}
