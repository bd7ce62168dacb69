using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OdmNode.Core.Errors;

[assembly: DisableRuntimeMarshalling]
[assembly: InternalsVisibleTo("OdmNode.UnitTests")]

namespace OdmNode.Native.Interop;

/// <summary>Finds the native library beside the program and checks that it is the one this program was built for.</summary>
internal static partial class NativeLibraryHost
{
    /// <summary>Name in every import of this project.</summary>
    public const string Library = "odmnode";

    /// <summary>Version of the interface that this program was built for.</summary>
    public const int AbiVersionExpected = 3;

    /// <summary>Throws <see cref="OdmException"/> with the remedy when the library is absent or of another version.</summary>
    public static void EnsureLoaded()
    {
        int version;
        try
        {
            version = AbiVersion();
        }
        catch (DllNotFoundException exception)
        {
            throw new OdmException(
                ErrorKind.Unsupported,
                $"The native library lib{Library}.so could not be loaded ({exception.Message}). "
                + "Run 'make build'; 'odmnode doctor' names what is missing.",
                exception);
        }

        if (version != AbiVersionExpected)
        {
            throw new OdmException(
                ErrorKind.Unsupported,
                $"The native library has interface version {version}, this program needs {AbiVersionExpected}. Run 'make build'.");
        }
    }

    /// <summary>Turns a status into an exception; <paramref name="what"/> names the operation.</summary>
    public static void ThrowIfFailed(NativeStatus status, string what)
    {
        if (status == NativeStatus.Ok)
        {
            return;
        }

        throw status switch
        {
            NativeStatus.InvalidArgument => new ArgumentException($"{what}: the native kernel refused its arguments."),
            NativeStatus.OutOfMemory => new OdmException(ErrorKind.NotEnoughMemory, $"{what}: not enough memory."),
            NativeStatus.Unsupported => new OdmException(ErrorKind.Unsupported, $"{what}: not supported by this processor."),
            NativeStatus.CorruptData => new OdmException(ErrorKind.BadInput, $"{what}: the data is damaged."),
            _ => new OdmException(ErrorKind.Internal, $"{what}: the native kernel failed with status {(int)status}."),
        };
    }

    [LibraryImport(Library, EntryPoint = "odm_abi_version")]
    private static partial int AbiVersion();
}
