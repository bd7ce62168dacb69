using System.Security.Cryptography;
using OdmNode.Core.Identity;
using OdmNode.Tasks.ObjectStore;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>A finished task with an archive and other files, what its console says, and its way to a store.</summary>
internal sealed class UploadedTask : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<(string Path, string Name)> _contents = [];
    private readonly List<string> _lines = [];
    private readonly List<double> _fractions = [];

    /// <param name="archiveBytes">Length of the archive, whose content is arbitrary.</param>
    public UploadedTask(int archiveBytes)
    {
        Archive = RandomNumberGenerator.GetBytes(archiveBytes);
        File.WriteAllBytes(ArchivePath, Archive);
    }

    public TaskId Id { get; } = TaskId.New();

    /// <summary>The content of the archive.</summary>
    public byte[] Archive { get; }

    /// <summary>The console's lines.</summary>
    public string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The shares that were told.</summary>
    public IReadOnlyList<double> Fractions => _fractions;

    private string ArchivePath => _folder.PathOf("all.zip");

    /// <summary>Where a file that the archive holds lies.</summary>
    public string PathOf(string name) => _folder.PathOf("files", name);

    /// <summary>Adds a file that the archive holds.</summary>
    public void Add(string name, byte[] content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        _contents.Add((path, name));
    }

    /// <summary>Replaces the archive by nothing but zeros, which take no room on disk.</summary>
    public void MakeArchiveSparse(long bytes)
    {
        using var file = File.OpenWrite(ArchivePath);
        file.SetLength(0);
        file.SetLength(bytes);
    }

    public Task UploadAsync(IResultStore store, CancellationToken cancellationToken = default) =>
        store.UploadAsync(Id, ArchivePath, _contents, Print, _fractions.Add, cancellationToken);

    public void Dispose() => _folder.Dispose();

    private void Print(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }
}
