using System.Runtime.InteropServices;

namespace OdmNode.Geospatial.Gdal;

/// <summary>A list of KEY=VALUE strings as GDAL wants it: pointers to UTF-8 text, ended by a null pointer.</summary>
internal sealed unsafe class GdalOptions : IDisposable
{
    private readonly nint[] pointers;
    private GCHandle pin;

    public GdalOptions(IReadOnlyList<string> options)
    {
        pointers = new nint[options.Count + 1];
        for (int i = 0; i < options.Count; i++)
        {
            pointers[i] = Marshal.StringToCoTaskMemUTF8(options[i]);
        }

        pin = GCHandle.Alloc(pointers, GCHandleType.Pinned);
    }

    public nint* Pointer => (nint*)pin.AddrOfPinnedObject();

    public void Dispose()
    {
        if (pin.IsAllocated)
        {
            pin.Free();
        }

        foreach (ref nint pointer in pointers.AsSpan())
        {
            Marshal.FreeCoTaskMem(pointer);
            pointer = 0;
        }
    }
}
