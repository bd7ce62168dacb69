using System.Runtime.CompilerServices;
using OdmNode.Geospatial.Gdal;

namespace OdmNode.UnitTests;

/// <summary>Loads GDAL before any test loads OpenCV, as the engine does and for the same reason.</summary>
internal static class NativeLoading
{
    [ModuleInitializer]
    internal static void LoadGdalFirst() => _ = GdalInfo.TryVersion(out _);
}
