namespace OdmNode.Engine.Stages;

/// <summary>Hands reports on at once, on the thread that makes them.</summary>
internal sealed class SynchronousProgress<T>(Action<T> handler) : IProgress<T>
{
    public void Report(T value) => handler(value);
}
