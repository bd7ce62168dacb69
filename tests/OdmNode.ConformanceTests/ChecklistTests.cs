using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace OdmNode.ConformanceTests;

/// <summary>Keeps <c>docs/nodeodm.md</c> honest: what it calls tested has a test, and no test speaks of an id that is not there.</summary>
public sealed partial class ChecklistTests
{
    private const int LastId = 193;
    private static readonly string[] States = ["tested", "unit", "built", "open"];

    private static readonly IReadOnlyList<(int Id, string State)> Rows = ReadRows();

    [Fact]
    public void The_table_holds_every_id_of_the_checklist_once_and_in_order()
    {
        Assert.Equal(Enumerable.Range(1, LastId), Rows.Select(row => row.Id));
        Assert.All(Rows, row => Assert.Contains(row.State, States));
    }

    [Fact]
    public void Every_id_that_is_called_tested_has_a_test_of_its_name()
    {
        var tested = TestMethods().SelectMany(IdsOf).ToHashSet();

        Assert.Equal([], Rows.Where(row => row.State == "tested" && !tested.Contains(row.Id)).Select(row => row.Id));
    }

    [Fact]
    public void Every_id_that_has_a_test_is_called_tested()
    {
        var tested = Rows.Where(row => row.State == "tested").Select(row => row.Id).ToHashSet();

        Assert.Equal([], TestMethods().SelectMany(method => IdsOf(method).Where(id => !tested.Contains(id)).Select(id => $"{id}: {method.Name}")));
    }

    [Fact]
    public void Ids_are_written_out_and_never_as_a_range() =>
        Assert.DoesNotContain(TestMethods(), method => RangePattern().IsMatch(method.Name));

    private static IEnumerable<MethodInfo> TestMethods() => typeof(ChecklistTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true));

    /// <summary>The ids that a name begins with: <c>N59_N60_A_truncated_file…</c>.</summary>
    private static IEnumerable<int> IdsOf(MethodInfo method) =>
        IdPattern().Match(method.Name).Groups[1].Captures.Select(capture => int.Parse(capture.ValueSpan, CultureInfo.InvariantCulture));

    private static IReadOnlyList<(int Id, string State)> ReadRows()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OdmNode.sln")))
        {
            folder = folder.Parent;
        }

        var root = folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
        return
        [
            .. File.ReadLines(Path.Combine(root, "docs", "nodeodm.md"))
                .Select(line => RowPattern().Match(line))
                .Where(match => match.Success)
                .Select(match => (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), match.Groups[2].Value)),
        ];
    }

    [GeneratedRegex(@"^\| N-(\d+) \|.*\| (\w+) \|$")]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"^(?:N(\d+)_)+")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"N\d+_to_N\d+")]
    private static partial Regex RangePattern();
}
