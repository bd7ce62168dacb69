using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Lets GDAL ask, between its blocks, whether to go on.</summary>
internal sealed unsafe class GdalProgress : IDisposable
{
    private readonly CancellationToken cancellationToken;
    private GCHandle self;

    public GdalProgress(CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        self = GCHandle.Alloc(this);
    }

    public static delegate* unmanaged[Cdecl]<double, byte*, void*, int> Function => &GoOn;

    public void* Data => (void*)GCHandle.ToIntPtr(self);

    public void Dispose()
    {
        if (self.IsAllocated)
        {
            self.Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GoOn(double fraction, byte* message, void* data) =>
        GCHandle.FromIntPtr((nint)data).Target is GdalProgress { cancellationToken.IsCancellationRequested: true } ? 0 : 1;
}
