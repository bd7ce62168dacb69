using System.Collections.Concurrent;
using System.Text;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Running;
using OdmNode.Pipeline.Stages;

namespace OdmNode.UnitTests.Pipeline;

/// <summary>A stage whose unit i holds the text of its inputs and options: any mistake in what is reused shows in the text.</summary>
internal sealed class TextStage(string name, string? source, int units, params string[] options) : IStage
{
    public ConcurrentQueue<string> Executed { get; } = new();

    public int Reductions { get; private set; }

    public int CodeVersion { get; init; } = 1;

    public long MemoryBytes { get; init; }

    public Action<WorkUnit, CancellationToken>? OnExecute { get; init; }

    public StageInfo Info => new(name, CodeVersion, options, 1);

    public StagePlan Plan(StageContext context) => new([.. Enumerable.Range(0, units).Select(i => new WorkUnit($"u{i}")
    {
        Inputs = source is null ? [] : [context.Of(source).KeyOf($"u{i}")],
        MemoryBytes = MemoryBytes,
        Cost = 1 + i,
    })]);

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        Executed.Enqueue(unit.Name);
        OnExecute?.Invoke(unit, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        string input = source is null ? "" : Text(context.Of(source).OpenUnit(unit.Name), "text");
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section("text"))
        {
            section.Write(Encoding.UTF8.GetBytes($"{name}/{unit.Name}[{context.Options.Canonical.Trim()}]({input})"));
        }

        using (Stream section = writer.Section("raw", pack: false))
        {
            section.Write(new byte[100]);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        Reductions++;
        context.Warn($"{name} has {context.Own.Units.Count} units");
        string all = string.Join('\n', context.Own.Units.Select(unit => Text(context.Own.OpenUnit(unit.Name), "text")));
        context.WriteArtefact($"out/{name}.txt", path => File.WriteAllText(path, all));
        context.WriteArtefactFolder($"out/{name}/", folder =>
        {
            Directory.CreateDirectory(Path.Combine(folder, "units"));
            foreach (WorkUnit unit in context.Own.Units)
            {
                File.WriteAllText(Path.Combine(folder, "units", unit.Name), unit.Key.Hex);
            }

            File.WriteAllText(Path.Combine(folder, "list"), all);
        });
        using Stream section = context.Summary.Section("all");
        section.Write(Encoding.UTF8.GetBytes(all));
    }

    private static string Text(CheckpointReader reader, string section) => reader.Read(section, stream =>
    {
        using var text = new StreamReader(stream, Encoding.UTF8);
        return text.ReadToEnd();
    });
}

/// <summary>Collects what a run tells.</summary>
internal sealed class Listener : IRunObserver
{
    public List<string> Warnings { get; } = [];

    public List<RunProgress> Progresses { get; } = [];

    public Dictionary<string, StageResult> Results { get; } = [];

    public void StageStarted(StageInfo stage, int units, int present)
    {
    }

    public void StageFinished(StageInfo stage, StageResult result) => Results[stage.Name] = result;

    public void Message(MessageLevel level, string text)
    {
        if (level == MessageLevel.Warning)
        {
            Warnings.Add(text);
        }
    }

    public void Progress(RunProgress progress) => Progresses.Add(progress);
}

/// <summary>A disk that the power leaves at the n-th change: what was written half stays half.</summary>
internal sealed class FailingFiles(int changesLeft, Func<Exception> failure) : StoreFiles
{
    private int left = changesLeft;

    public bool Failed { get; private set; }

    public override Stream Create(string path)
    {
        Count();
        return new FailingStream(base.Create(path), this);
    }

    public override void Flush(string path)
    {
        Count();
    }

    public override void Move(string from, string to)
    {
        Count();
        base.Move(from, to);
    }

    public override void MoveFolder(string from, string to)
    {
        Count();
        base.MoveFolder(from, to);
    }

    public override void DeleteFolder(string path)
    {
        Count();
        base.DeleteFolder(path);
    }

    public override void Delete(string path)
    {
        // A process that is dead removes nothing.
        if (!Failed)
        {
            base.Delete(path);
        }
    }

    private void Count()
    {
        if (Interlocked.Decrement(ref left) < 0)
        {
            Failed = true;
            throw failure();
        }
    }

    private sealed class FailingStream(Stream inner, FailingFiles owner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            // Half of the bytes arrive before the failure.
            inner.Write(buffer[..(buffer.Length / 2)]);
            owner.Count();
            inner.Write(buffer[(buffer.Length / 2)..]);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>Does not wait for the disk: no test pulls the plug on the machine itself.</summary>
internal sealed class QuickFiles : StoreFiles
{
    public override void Flush(string path)
    {
    }
}

/// <summary>A project folder that lives as long as a test.</summary>
internal sealed class TemporaryProject : IDisposable
{
    public TemporaryProject() => Folder = Directory.CreateTempSubdirectory("odmnode-pipeline-").FullName;

    public string Folder { get; }

    public static Dictionary<string, string> DefaultOptions => new() { ["crop"] = "3", ["quality"] = "\"high\"", ["dsm"] = "true" };

    public IReadOnlyDictionary<string, StageOutput> Run(
        IReadOnlyList<IStage> stages,
        IRunObserver? listener = null,
        int parallelism = 2,
        long memory = long.MaxValue,
        IReadOnlyDictionary<string, string>? options = null,
        StoreFiles? files = null,
        IReadOnlySet<string>? recompute = null,
        CancellationToken cancellationToken = default)
    {
        var runner = new PipelineRunner(new CheckpointStore(Folder, files ?? new QuickFiles()), listener ?? new Listener(), TimeProvider.System);
        return runner.Run(
            stages,
            new RunSettings
            {
                ProjectFolder = Folder,
                Options = options ?? DefaultOptions,
                Parallelism = parallelism,
                MemoryBudgetBytes = memory,
                Recompute = recompute ?? new HashSet<string>(),
            },
            cancellationToken);
    }

    public string Artefact(string name) => File.ReadAllText(Path.Combine(Folder, "out", name + ".txt"));

    /// <summary>Names and contents of the files of a delivered folder.</summary>
    public IReadOnlyList<(string Name, string Text)> Parts(string name)
    {
        string folder = Path.Combine(Folder, "out", name);
        return [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(folder, file), File.ReadAllText(file)))];
    }

    public IReadOnlyList<string> CheckpointsOf(string stage) =>
        [.. Directory.GetFiles(Path.Combine(Folder, "checkpoints", stage)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
