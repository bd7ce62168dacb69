using BenchmarkDotNet.Attributes;
using OdmNode.Core.Hashing;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Testing.Files;

namespace OdmNode.Benchmarks;

/// <summary>Writing and reading a checkpoint of the size of a photo's features: 10,000 keypoints with 128 bytes each.</summary>
[MemoryDiagnoser]
public class CheckpointStoreBenchmarks : IDisposable
{
    private const string Stage = "extract-features";
    private readonly byte[] content = new byte[10_000 * (128 + 16)];
    private TemporaryFolder folder = null!;
    private CheckpointStore store = null!;
    private ContentKey written;
    private int next;

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(content);
        folder = new TemporaryFolder();
        store = new CheckpointStore(folder.Root);
        written = Write();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public ContentKey Write()
    {
        ContentKey key = ContentKey.Of(BitConverter.GetBytes(next++));
        using CheckpointWriter writer = store.Create(Stage, key, "unit", 1);
        using (Stream section = writer.Section("features"))
        {
            section.Write(content);
        }

        writer.Commit();
        return key;
    }

    /// <summary>As a run does that finds the unit finished: checks the sum, then unpacks.</summary>
    [Benchmark]
    public int VerifyAndRead()
    {
        CheckpointReader reader = new CheckpointStore(folder.Root).Open(Stage, written);
        using Stream section = reader.Section("features");
        int total = 0;
        byte[] buffer = new byte[1 << 16];
        for (int read = section.Read(buffer); read > 0; read = section.Read(buffer))
        {
            total += read;
        }

        return total;
    }
}
