using System.Runtime.InteropServices;

namespace OdmNode.Tasks.Storage;

/// <summary>A second name for a file, so that two owners hold it and the disk holds it once.</summary>
public static class FileLinks
{
    /// <summary>Gives a file a second name; where the file system cannot, the file is copied.</summary>
    /// <param name="source">An existing file.</param>
    /// <param name="target">The new name; must not exist. Its folder must.</param>
    /// <exception cref="IOException">The source is gone, the target exists, or the disk is full.</exception>
    public static void LinkOrCopy(string source, string target)
    {
        if (NativeLink(source, target) != 0)
        {
            File.Copy(source, target, overwrite: false);
        }
    }

    /// <summary>Makes a file its own again: what is written into it afterwards does not show under its other names.</summary>
    /// <exception cref="IOException">The disk is full; the file stays as it was.</exception>
    public static void Detach(string path)
    {
        var copy = path + ".detached";
        try
        {
            File.Copy(path, copy, overwrite: true);
            File.Move(copy, path, overwrite: true);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [DllImport("libc", EntryPoint = "link", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeLink([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
