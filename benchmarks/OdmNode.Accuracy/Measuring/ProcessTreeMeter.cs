namespace OdmNode.Accuracy.Measuring;

/// <summary>Watches a process and its descendants from the outside: processor time over time and the highest memory.</summary>
internal sealed class ProcessTreeMeter : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly int rootId;
    private readonly bool countRoot;
    private readonly Thread thread;
    private readonly ManualResetEventSlim stop = new();
    private readonly Dictionary<int, double> cpuByProcess = [];
    private readonly List<(DateTimeOffset Time, double CpuSeconds)> samples = [];
    private long peakResident;

    /// <param name="rootId">The process that was started.</param>
    /// <param name="countRoot">False leaves it out and counts its descendants only: a daemon that starts engines.</param>
    public ProcessTreeMeter(int rootId, bool countRoot)
    {
        this.rootId = rootId;
        this.countRoot = countRoot;
        thread = new Thread(Watch) { IsBackground = true, Name = "process meter" };
        thread.Start();
    }

    /// <summary>Highest sum of resident memory over all processes, bytes; not below the peak of any single one.</summary>
    public long PeakResidentBytes => Interlocked.Read(ref peakResident);

    /// <summary>Processor seconds used so far.</summary>
    public double CpuSeconds
    {
        get
        {
            lock (samples)
            {
                return samples.Count == 0 ? 0 : samples[^1].CpuSeconds;
            }
        }
    }

    /// <summary>Processor seconds used up to a moment, interpolated.</summary>
    public double CpuSecondsAt(DateTimeOffset time)
    {
        lock (samples)
        {
            int after = samples.FindIndex(sample => sample.Time >= time);
            if (after <= 0)
            {
                return after == 0 ? 0 : CpuSeconds;
            }

            (DateTimeOffset startTime, double startCpu) = samples[after - 1];
            (DateTimeOffset endTime, double endCpu) = samples[after];
            return startCpu + ((endCpu - startCpu) * ((time - startTime) / (endTime - startTime)));
        }
    }

    public void Dispose()
    {
        stop.Set();
        thread.Join();
        stop.Dispose();
    }

    private void Watch()
    {
        do
        {
            long resident = 0;
            long largest = 0;
            foreach (ProcessSnapshot process in ProcessSnapshot.Tree(rootId))
            {
                if (process.Id == rootId && !countRoot)
                {
                    continue;
                }

                // A process keeps what it has used after it has ended.
                cpuByProcess[process.Id] = process.CpuSeconds;
                resident += process.ResidentBytes;
                largest = Math.Max(largest, process.PeakResidentBytes);
            }

            lock (samples)
            {
                samples.Add((TimeProvider.System.GetUtcNow(), cpuByProcess.Values.Sum()));
            }

            Interlocked.Exchange(ref peakResident, Math.Max(PeakResidentBytes, Math.Max(resident, largest)));
        }
        while (!stop.Wait(Interval));
    }
}
