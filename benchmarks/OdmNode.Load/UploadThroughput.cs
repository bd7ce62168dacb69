using System.Diagnostics;
using System.Globalization;

namespace OdmNode.Load;

/// <summary>How fast photos reach the disk through the node, beside a plain copy of the same bytes to the same disk, in turns.</summary>
internal static class UploadThroughput
{
    private const int Rounds = 5;
    private const long RoundBytes = 1L << 30;

    public static async Task MeasureAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var photo = new byte[plan.PhotoBytes];
        new Random(1).NextBytes(photo);
        var files = (int)Math.Max(plan.Uploads, RoundBytes / photo.Length);
        await using var node = await Daemon.StartAsync(plan, Path.Combine(plan.Work, "uploads"));
        await UploadAsync(node, photo, plan.Uploads, plan.Uploads, cancellationToken);
        var processorTime = node.ProcessorTime;
        var copied = new List<double>();
        var uploaded = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            copied.Add(await RateAsync(files, photo, () => Task.Run(() => Copy(plan, photo, files, cancellationToken), cancellationToken)));
            uploaded.Add(await RateAsync(files, photo, () => UploadAsync(node, photo, files, plan.Uploads, cancellationToken)));
        }

        var gibibytes = (double)Rounds * files * photo.Length / (1 << 30);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"upload: the daemon takes {(node.ProcessorTime - processorTime).TotalSeconds / gibibytes:0.00} CPU s for a GiB"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"upload to disk, {plan.Uploads} at a time: median {Median(uploaded):0} MiB/s; plain copy: {Median(copied):0} MiB/s; ratio {Median([.. uploaded.Zip(copied, (a, b) => a / b)]):0.00}"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> RateAsync(int files, byte[] photo, Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return (double)files * photo.Length / (1 << 20) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task UploadAsync(Daemon node, byte[] photo, int files, int parallel, CancellationToken cancellationToken)
    {
        var uuid = await Calls.InitAsync(node.Http, "[]", cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, files), options, async (number, token) => await Calls.UploadAsync(node.Http, uuid, $"{number}.jpg", photo, token));
    }

    /// <summary>The same files, written by this process with large writes on every core.</summary>
    private static void Copy(LoadPlan plan, byte[] photo, int files, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(plan.Work, "copy");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, files, options, number => File.WriteAllBytes(Path.Combine(folder, $"{number}.jpg"), photo));
    }
}
