using System.Diagnostics;
using System.Globalization;

namespace OdmNode.Load;

/// <summary>Uploads without a pause, from a process of their own: what the pollers wait for is then the node, not their own process.</summary>
internal static class UploadLoad
{
    /// <summary>The first argument of the process that uploads.</summary>
    public const string Role = "uploads";

    /// <summary>Starts the uploads; they end by themselves when the plan's time is over.</summary>
    public static Process Start(LoadPlan plan, Uri node)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (IEnumerable<object>)[typeof(UploadLoad).Assembly.Location, Role, node, plan.Uploads, plan.PhotoBytes, plan.Duration.TotalSeconds])
        {
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        }

        return Process.Start(start)!;
    }

    /// <returns>The MiB that were uploaded.</returns>
    public static async Task<long> EndAsync(Process process, CancellationToken cancellationToken)
    {
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? long.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("An upload failed.");
    }

    /// <summary>What the process does.</summary>
    public static async Task RunAsync(Uri node, int clients, int photoBytes, double seconds)
    {
        var started = Stopwatch.GetTimestamp();
        using var http = new HttpClient { BaseAddress = node, Timeout = TimeSpan.FromMinutes(5) };
        var photo = new byte[photoBytes];
        new Random(1).NextBytes(photo);
        var sent = 0L;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            var uuid = await Calls.InitAsync(http, "[]", CancellationToken.None);
            for (var number = 0; Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; number++)
            {
                await Calls.UploadAsync(http, uuid, $"{client}-{number}.jpg", photo, CancellationToken.None);
                Interlocked.Add(ref sent, photo.Length);
            }
        }));
        Console.Write((sent >> 20).ToString(CultureInfo.InvariantCulture));
    }
}
