using Microsoft.Win32.SafeHandles;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>A stretch of an open file.</summary>
/// <param name="File">The file, which belongs to somebody else.</param>
/// <param name="Offset">Where the stretch begins.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct FileRange(SafeFileHandle File, long Offset, long Length);
