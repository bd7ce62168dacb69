using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace OdmNode.Load;

/// <summary>Times of many requests.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(long started) => _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);

    /// <summary>Median, 95th, 99th percentile and maximum in words.</summary>
    public override string ToString()
    {
        var sorted = _milliseconds.Order().ToArray();
        double At(double share) => sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(share * sorted.Length) - 1)];
        return sorted.Length == 0 ? "none" : string.Create(
            CultureInfo.InvariantCulture,
            $"{sorted.Length} requests, median {At(0.5):0.0} ms, p95 {At(0.95):0.0} ms, p99 {At(0.99):0.0} ms, most {sorted[^1]:0.0} ms");
    }
}
