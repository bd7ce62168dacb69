using System.Runtime.ExceptionServices;

namespace OdmNode.Engine.Running;

/// <summary>Runs pieces of work that do not depend on each other side by side.</summary>
internal static class Together
{
    /// <summary>Returns when all are done; throws what the first of them that failed threw.</summary>
    public static void Run(int parallelism, CancellationToken cancellationToken, params Action[] works) =>
        For(works.Length, parallelism, i => works[i](), cancellationToken);

    /// <summary>The same, of one piece for each number below <paramref name="count"/>.</summary>
    public static void For(int count, int parallelism, Action<int> work, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, work);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
