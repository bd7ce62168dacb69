using System.Globalization;
using OdmNode.Core.Errors;

namespace OdmNode.Native.Interop;

/// <summary>What <c>odmnode doctor</c> says about the native library.</summary>
public static class NativeInfo
{
    /// <summary>Loads the library and says which interface it has and which vector instructions it uses here.</summary>
    /// <param name="problem">What is missing and how to get it; null when the library can be used.</param>
    /// <returns>For instance <c>interface 1, AVX2 kernels</c>; null when the library cannot be used.</returns>
    public static string? TryDescribe(out string? problem)
    {
        try
        {
            NativeLibraryHost.EnsureLoaded();
            var instructions = MatchNative.BestInstructionSet() switch
            {
                2 => "AVX-512",
                1 => "AVX2",
                _ => "scalar",
            };
            problem = null;
            return string.Create(
                CultureInfo.InvariantCulture, $"interface {NativeLibraryHost.AbiVersionExpected}, {instructions} kernels");
        }
        catch (OdmException exception)
        {
            problem = exception.Message;
            return null;
        }
    }
}
