using System.Xml.Linq;

namespace OdmNode.UnitTests.Architecture;

/// <summary>Reads the project files and holds them to the arrows drawn in docs/architecture.md.</summary>
public sealed class ProjectArrowsTests
{
    /// <summary>What each project may reference directly. A project reaches whatever these reach, nothing else.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["OdmNode.Core"] = [],
        ["OdmNode.Native"] = ["OdmNode.Core"],
        ["OdmNode.Imaging"] = ["OdmNode.Native"],
        ["OdmNode.Geometry"] = ["OdmNode.Native"],
        ["OdmNode.Scene"] = ["OdmNode.Imaging", "OdmNode.Geometry"],
        ["OdmNode.Features"] = ["OdmNode.Scene"],
        ["OdmNode.Sfm"] = ["OdmNode.Scene"],
        ["OdmNode.Dense"] = ["OdmNode.Scene"],
        ["OdmNode.Geospatial"] = ["OdmNode.Scene"],
        ["OdmNode.Pipeline"] = ["OdmNode.Core"],
        ["OdmNode.Engine"] =
            ["OdmNode.Pipeline", "OdmNode.Features", "OdmNode.Sfm", "OdmNode.Dense", "OdmNode.Geospatial"],
        ["OdmNode.Tasks"] = ["OdmNode.Pipeline"],
        ["OdmNode.Client"] = ["OdmNode.Core"],
        ["OdmNode.WebOdm"] = ["OdmNode.Tasks", "OdmNode.Client"],
        ["OdmNode.Api"] = ["OdmNode.Tasks", "OdmNode.WebOdm"],

        // The demo renders the synthetic survey that the tests measure against: one renderer, not two.
        ["OdmNode"] = ["OdmNode.Api", "OdmNode.Engine", "OdmNode.Client", "OdmNode.Testing"],
    };

    private static readonly string Sources = Path.Combine(RepositoryRoot(), "src");

    public static TheoryData<string> Projects()
    {
        var data = new TheoryData<string>();
        foreach (string file in Directory.EnumerateFiles(Sources, "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetFileNameWithoutExtension(file));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_its_arrows_allow(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"{project} is new: draw its arrows in docs/architecture.md and here.");
        foreach (string reference in ReferencesOf(project))
        {
            Assert.Contains(reference, Allowed[project]);
        }
    }

    [Fact]
    public void The_core_has_no_packages()
    {
        XDocument document = XDocument.Load(Path.Combine(Sources, "OdmNode.Core", "OdmNode.Core.csproj"));
        Assert.Empty(document.Descendants("PackageReference"));
    }

    [Fact]
    public void Only_the_geospatial_project_imports_gdal()
    {
        IEnumerable<string> importers = Directory
            .EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("LibraryImport", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Sources, file).Split(Path.DirectorySeparatorChar)[0])
            .Distinct();
        Assert.All(importers, project => Assert.Contains(project, (string[])["OdmNode.Native", "OdmNode.Geospatial", "OdmNode.Tasks"]));
    }

    [Fact]
    public void Unsafe_code_is_allowed_in_two_projects_only()
    {
        IEnumerable<string> unsafeProjects = Directory
            .EnumerateFiles(Sources, "*.csproj", SearchOption.AllDirectories)
            .Where(file => XDocument.Load(file).Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true"))
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal)!;
        Assert.Equal(["OdmNode.Geospatial", "OdmNode.Native"], unsafeProjects);
    }

    [Theory]
    [InlineData("OdmNode.Features")]
    [InlineData("OdmNode.Sfm")]
    [InlineData("OdmNode.Dense")]
    [InlineData("OdmNode.Geospatial")]
    public void The_science_reads_no_clock_and_no_environment(string project)
    {
        string[] forbidden = ["TimeProvider.System", "Stopwatch", "Environment.GetEnvironmentVariable", "Environment.ProcessorCount"];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Sources, project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            string text = File.ReadAllText(file);
            Assert.All(forbidden, word => Assert.False(text.Contains(word, StringComparison.Ordinal), $"{file} uses {word}"));
        }
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Path.Combine(Sources, project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(element => Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value));

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OdmNode.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
