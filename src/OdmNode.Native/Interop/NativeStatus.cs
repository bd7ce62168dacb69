namespace OdmNode.Native.Interop;

/// <summary>The codes of <c>odm_status</c> in native/include/odmnode.h.</summary>
internal enum NativeStatus
{
    Ok = 0,
    InvalidArgument = 1,
    OutOfMemory = 2,
    Unsupported = 3,
    CorruptData = 4,
    Failed = 5,
}
