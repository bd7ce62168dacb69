using System.Globalization;
using OdmNode.Core.Identity;
using OdmNode.Pipeline.Running;
using Polly;
using Polly.Retry;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>The upload of one task's files: several at the same time, each tried again with growing waits.</summary>
internal sealed class TaskUpload(S3Bucket bucket, S3Settings settings, UploadLimits limits, TimeProvider time, TaskId id)
{
    /// <summary>Uploads the files; the first one that fails for good ends the others.</summary>
    /// <exception cref="ResultUploadException">A file could not be uploaded.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async Task RunAsync(
        IReadOnlyList<(string Path, string Name)> files, Action<string> onLine, Action<double> onFraction, CancellationToken cancellationToken)
    {
        var jobs = files.Select(file => (file.Path, Progress: new FileProgress(file.Name, new FileInfo(file.Path).Length))).ToList();
        var report = new UploadReport(jobs.Sum(job => job.Progress.Length), onLine, onFraction);
        report.Print(string.Create(CultureInfo.InvariantCulture, $"Uploading {jobs.Count} files to S3..."));
        var options = new ParallelOptions { MaxDegreeOfParallelism = limits.FilesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(jobs, options, async (job, token) =>
        {
            using var upload = Open(job.Path, job.Progress, report);
            try
            {
                await Retries(job.Progress, report).ExecuteAsync(ContinueAsync, upload, token).ConfigureAwait(false);
                report.Finish(job.Progress);
            }
            catch (Exception exception)
            {
                var failure = token.IsCancellationRequested ? null : Failure(exception, job.Progress, report);
                var limit = cancellationToken.IsCancellationRequested ? limits.WithdrawalAfterCancel : limits.WithdrawalAfterFailure;
                if (!await upload.WithdrawAsync(limit).ConfigureAwait(false))
                {
                    report.Print($"[WARNING] Parts of {job.Progress.Name} may be left in the store as an unfinished upload.");
                }

                if (failure is not null)
                {
                    throw failure;
                }

                throw;
            }
        }).ConfigureAwait(false);
        report.Finish();
    }

    private static async ValueTask ContinueAsync(FileUpload upload, CancellationToken cancellationToken) =>
        await upload.ContinueAsync(cancellationToken).ConfigureAwait(false);

    private FileUpload Open(string path, FileProgress file, UploadReport report) => new(
        bucket,
        path,
        $"{id}/{file.Name}",
        limits.PartSize(file.Length, MemoryBudget.AvailableBytes()),
        limits.PartsAtOnce,
        bytes => report.Add(file, bytes));

    /// <returns>Null for what is neither the store's fault nor that of the way to it.</returns>
    private ResultUploadException? Failure(Exception exception, FileProgress file, UploadReport report)
    {
        if (!StoreErrors.IsOfStore(exception))
        {
            return null;
        }

        var line = $"[ERROR] Cannot upload {file.Name} to S3: {StoreErrors.Describe(exception, settings)}";
        report.Print(line);
        return new ResultUploadException(line, exception);
    }

    private ResiliencePipeline Retries(FileProgress file, UploadReport report) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && StoreErrors.IsOfStore(exception)),
                MaxRetryAttempts = limits.Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = limits.FirstWait,
                OnRetry = arguments =>
                {
                    var reason = StoreErrors.Describe(arguments.Outcome.Exception!, settings);
                    report.Print(string.Create(
                        CultureInfo.InvariantCulture,
                        $"[WARNING] Cannot upload {file.Name} to S3: {reason} Trying again in {arguments.RetryDelay.TotalSeconds:0} s ({arguments.AttemptNumber + 1} of {limits.Retries})."));
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
}
