using System.Runtime.ExceptionServices;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Pipeline.Running;

/// <summary>
/// Runs units on threads of its own, in their order, as many at once as cores and memory admit. A unit that needs more
/// than the whole budget runs alone.
/// </summary>
internal sealed class UnitScheduler(int parallelism, long memoryBudgetBytes)
{
    // Native kernels are entitled to the stack of an ordinary process, not to the smaller one of a pool thread.
    private const int StackBytes = 16 << 20;

    /// <summary>Returns when all units are done; throws the failure of the first unit in order that failed.</summary>
    public void Run(IReadOnlyList<WorkUnit> units, Action<WorkUnit, CancellationToken> execute, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = new Queue(units, Math.Max(1, parallelism), memoryBudgetBytes);
        using CancellationTokenRegistration registration = linked.Token.Register(queue.Stop);
        var threads = new Thread[Math.Min(Math.Max(1, parallelism), units.Count)];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() => Work(queue, execute, linked), StackBytes) { IsBackground = true, Name = $"unit worker {i}" };
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        cancellationToken.ThrowIfCancellationRequested();
        queue.ThrowFirstFailure();
    }

    private static void Work(Queue queue, Action<WorkUnit, CancellationToken> execute, CancellationTokenSource cancellation)
    {
        while (queue.TryTake(out int index, out WorkUnit? unit))
        {
            try
            {
                execute(unit!, cancellation.Token);
            }
            catch (Exception exception)
            {
                queue.Fail(index, exception);
                cancellation.Cancel();
            }
            finally
            {
                queue.Return(unit!);
            }
        }
    }

    private sealed class Queue(IReadOnlyList<WorkUnit> units, int cores, long budget)
    {
        private readonly object gate = new();
        private readonly SortedDictionary<int, Exception> failures = [];
        private int next;
        private int running;
        private int coresUsed;
        private long memoryUsed;
        private bool stopped;

        public bool TryTake(out int index, out WorkUnit? unit)
        {
            lock (gate)
            {
                while (!stopped && next < units.Count && !Fits(units[next]))
                {
                    Monitor.Wait(gate);
                }

                index = next;
                unit = null;
                if (stopped || next >= units.Count)
                {
                    return false;
                }

                unit = units[next++];
                running++;
                coresUsed += unit.Threads;
                memoryUsed += unit.MemoryBytes;
                return true;
            }
        }

        public void Return(WorkUnit unit)
        {
            lock (gate)
            {
                running--;
                coresUsed -= unit.Threads;
                memoryUsed -= unit.MemoryBytes;
                Monitor.PulseAll(gate);
            }
        }

        public void Stop()
        {
            lock (gate)
            {
                stopped = true;
                Monitor.PulseAll(gate);
            }
        }

        public void Fail(int index, Exception exception)
        {
            lock (gate)
            {
                failures[index] = exception;
                stopped = true;
                Monitor.PulseAll(gate);
            }
        }

        public void ThrowFirstFailure()
        {
            // Units that were stopped because another one failed are not the reason.
            Exception? reason = failures.Values.FirstOrDefault(e => e is not OperationCanceledException) ?? failures.Values.FirstOrDefault();
            if (reason is not null)
            {
                ExceptionDispatchInfo.Throw(reason);
            }
        }

        private bool Fits(WorkUnit unit) =>
            running == 0 || (coresUsed + unit.Threads <= cores && memoryUsed + unit.MemoryBytes <= budget);
    }
}
