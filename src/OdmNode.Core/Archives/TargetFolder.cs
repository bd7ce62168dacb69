namespace OdmNode.Core.Archives;

/// <summary>The folder that an archive is unpacked into. Nothing is written outside it, not even through links that lie in it.</summary>
internal sealed class TargetFolder
{
    private readonly string _root;
    private readonly int _maxMade;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <param name="root">Made when absent.</param>
    /// <param name="maxMade">Most files and folders.</param>
    public TargetFolder(string root, int maxMade)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _maxMade = maxMade;
        Directory.CreateDirectory(_root);
    }

    /// <summary>The files made, absolute.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>Makes a folder with all above it.</summary>
    /// <exception cref="InvalidDataException">A file or a link is in its place, or there are too many.</exception>
    public string MakeFolder(ReadOnlySpan<string> parts)
    {
        var path = _root;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            if (!_folders.Contains(path))
            {
                Make(path);
            }
        }

        return path;
    }

    /// <summary>Makes an empty file; one of that name is replaced, and a link is never followed.</summary>
    /// <exception cref="InvalidDataException">A folder is in its place, or there are too many files.</exception>
    public FileStream MakeFile(ReadOnlySpan<string> parts)
    {
        var path = Path.Combine(MakeFolder(parts[..^1]), parts[^1]);
        if (Directory.Exists(path) && !IsLink(path))
        {
            throw new InvalidDataException($"The archive holds both a file and a folder of the name {Shown(path)}.");
        }

        if (_files.Add(path))
        {
            CountMade();
        }

        File.Delete(path);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private void Make(string path)
    {
        if (IsLink(path))
        {
            throw new InvalidDataException($"The archive holds an entry behind the link {Shown(path)}.");
        }

        if (File.Exists(path))
        {
            throw new InvalidDataException($"The archive holds both a file and a folder of the name {Shown(path)}.");
        }

        Directory.CreateDirectory(path);
        _folders.Add(path);
        CountMade();
    }

    private void CountMade()
    {
        if (_files.Count + _folders.Count > _maxMade)
        {
            throw new InvalidDataException($"The archive holds more than {_maxMade} files and folders.");
        }
    }

    private string Shown(string path) => EntryPath.Show(Path.GetRelativePath(_root, path));
}
