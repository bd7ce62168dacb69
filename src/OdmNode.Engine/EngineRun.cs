using System.Globalization;
using OdmNode.Core.Errors;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Options;
using OdmNode.Engine.Running;
using OdmNode.Engine.Stages;
using OdmNode.Geospatial.Gdal;
using OdmNode.Native.Memory;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Running;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine;

/// <summary>One run of the engine on one project folder: from <c>images/</c> to ODM's output tree.</summary>
public static class EngineRun
{
    private const long MostGarbageBytes = 400L << 20;

    private static readonly string[] LargeStages =
    [
        StageNames.UndistortImages, StageNames.EstimateDepth, StageNames.FilterDepth, StageNames.FusePoints, StageNames.RasterElevation,
        StageNames.FillElevation, StageNames.ExportTiles,
    ];

    /// <summary>Runs to the end and says how it ended. Never throws for what can go wrong with a data set or a machine.</summary>
    /// <param name="request">Valid.</param>
    /// <param name="output">Takes console lines.</param>
    /// <param name="errors">Takes the line that says why the run failed.</param>
    /// <param name="clock">Stamps and timings.</param>
    /// <param name="cancellationToken">Ends the run early; checkpoints stay.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Execute(
        EngineRequest request, TextWriter output, TextWriter errors, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        ManagedHeap.PreferLargePages();
        ProjectLock? projectLock = null;
        StreamWriter? file = null;
        RunJournal? journal = null;
        try
        {
            projectLock = ProjectLock.Take(request.ProjectFolder);
            file = OpenConsoleFile(request.ProjectFolder);
            var gate = new Lock();
            StreamWriter log = file;
            using var beacon = new ProgressBeacon(request.ProgressPort, request.Name, clock);
            journal = new RunJournal(
                line =>
                {
                    lock (gate)
                    {
                        output.WriteLine(line);
                        log.WriteLine(line);
                    }
                },
                beacon.Send,
                clock);
            Run(request, journal, cancellationToken);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException)
        {
            journal?.Line("INFO", "Cancelled; what is finished is kept.");
            return ExitCode.Cancelled;
        }
        catch (Exception exception)
        {
            (int code, string message) = Explain(exception);
            TryReport(request, journal, code, message, exception);
            errors.WriteLine("ERROR: " + message.ReplaceLineEndings(" "));
            return code;
        }
        finally
        {
            file?.Dispose();
            projectLock?.Dispose();
        }
    }

    /// <summary>Without a buffer: what a full disk refused would be tried, and refused, once more when the file is closed.</summary>
    private static StreamWriter OpenConsoleFile(string projectFolder) =>
        new(new FileStream(Path.Combine(projectFolder, AssetPaths.TaskOutput), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            AutoFlush = true,
        };

    private static void Run(EngineRequest request, RunJournal journal, CancellationToken cancellationToken)
    {
        // A library that only the last stages need is missed before the first one.
        if (GdalInfo.TryVersion(out string? problem) is null)
        {
            throw new OdmException(ErrorKind.Unsupported, problem!);
        }

        EngineOptionSet options = request.Options;
        int concurrency = (int)options.Number("max-concurrency");
        int parallelism = concurrency > 0 ? concurrency : Environment.ProcessorCount;
        long budget = MemoryBudget.Measure();
        journal.Line("INFO", string.Create(
            CultureInfo.InvariantCulture,
            $"OdmNode {ProductVersion.Text}, {parallelism} of {Environment.ProcessorCount} cores, memory budget {budget / (double)(1 << 30):0.0} GiB"));
        foreach (string line in IdleOptions.Explain(options))
        {
            journal.Line("WARNING", line);
        }

        foreach (string option in request.Files.Unused)
        {
            journal.Line("WARNING", $"Option {option} has no effect: this version does not support it.");
        }

        IReadOnlyList<string> wanted = StageNames.UpTo(options.Text("end-with"));
        IReadOnlyList<IStage> stages = [.. StageList.Create(request, journal).Where(stage => wanted.Contains(stage.Info.Name))];
        string again = options.Text("rerun-from");
        var settings = new RunSettings
        {
            ProjectFolder = request.ProjectFolder,
            Options = options.Values,
            Parallelism = parallelism,
            MemoryBudgetBytes = budget,
            AfterUnit = static () => ManagedHeap.CollectAfter(MostGarbageBytes),
            AfterStage = GiveBackMemory,
            Recompute = again.Length == 0 ? new HashSet<string>() : new HashSet<string>(StageNames.From(again)),
        };
        var store = new CheckpointStore(request.ProjectFolder);
        var runner = new PipelineRunner(store, journal, journal.Clock);
        runner.Run(stages, settings, cancellationToken);
        if (options.Flag("optimize-disk-space"))
        {
            foreach (string stage in LargeStages)
            {
                store.Discard(stage);
            }

            journal.Line("INFO", "Large intermediate data was removed: another run with other options begins with the depth maps.");
        }

        journal.Line("INFO", string.Create(
            CultureInfo.InvariantCulture,
            $"All done in {(journal.Clock.GetUtcNow() - journal.StartedAt).TotalSeconds:0.0} s, peak memory {MemoryBudget.PeakResidentBytes() / (double)(1 << 30):0.00} GiB"));
    }

    private static (int Code, string Message) Explain(Exception exception) => exception switch
    {
        OdmException odm => (ExitCode.Of(odm.Kind), odm.Message),
        OutOfMemoryException => (ExitCode.Memory, "Not enough memory. Give the run more memory or a lower max-concurrency."),
        IOException io => (ExitCode.CannotProcess, OdmException.OfDisk(io).Message),
        UnauthorizedAccessException => (ExitCode.CannotProcess, $"The disk failed: {exception.Message}"),
        DllNotFoundException => (ExitCode.Installation, $"A library is missing: {exception.Message} 'odmnode doctor' says which."),
        _ => (ExitCode.CannotProcess, $"A defect of the program: {exception.GetType().Name}: {exception.Message}"),
    };

    private static void TryReport(EngineRequest request, RunJournal? journal, int code, string message, Exception exception)
    {
        if (journal is null)
        {
            return;
        }

        try
        {
            if (exception is not OdmException)
            {
                foreach (string line in exception.ToString().Split('\n'))
                {
                    journal.Line("ERROR", line.TrimEnd());
                }
            }

            journal.Line("ERROR", message);
            LogJson.Write(journal, request.Options, journal.Images, (code, message), Path.Combine(request.ProjectFolder, AssetPaths.LogJson));
        }
        catch (IOException)
        {
            // The disk is full, perhaps for the reason that is being reported; the error stream still says it.
        }
    }

    /// <summary>What one stage used is seldom of the size that the next one needs.</summary>
    private static void GiveBackMemory()
    {
        ManagedHeap.CollectAfter(MostGarbageBytes);
        NativeHeap.Trim();
    }
}
