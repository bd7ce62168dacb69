using System.Runtime.ExceptionServices;

namespace OdmNode.Engine.Running;

/// <summary>Runs pieces of work that do not depend on each other side by side.</summary>
internal static class Together
{
    /// <summary>Returns when all are done; throws what the first of them that failed threw.</summary>
    public static void Run(int parallelism, CancellationToken cancellationToken, params Action[] works)
    {
        try
        {
            Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, works);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
