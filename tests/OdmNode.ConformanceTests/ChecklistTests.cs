using System.Reflection;
using System.Text.RegularExpressions;

namespace OdmNode.ConformanceTests;

/// <summary>Keeps the tables of the protocols honest: what they call tested has a test, and no test speaks of an id that is not there.</summary>
public sealed partial class ChecklistTests
{
    private static readonly string[] States = ["tested", "unit", "built", "open"];

    public static TheoryData<char, string, int> Tables() => new()
    {
        { 'N', "nodeodm.md", 193 },
        { 'W', "webodm.md", 148 },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_table_holds_every_id_of_the_checklist_once_and_in_order(char letter, string document, int lastId)
    {
        var rows = Checklist.ReadRows(letter, document);

        Assert.Equal(Enumerable.Range(1, lastId), rows.Select(row => row.Id));
        Assert.All(rows, row => Assert.Contains(row.State, States));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_id_that_is_called_tested_has_a_test_of_its_name(char letter, string document, int lastId)
    {
        var tested = TestMethods().SelectMany(method => Checklist.IdsOf(letter, method.Name)).ToHashSet();

        Assert.True(tested.All(id => id <= lastId));
        Assert.Equal([], Checklist.ReadRows(letter, document).Where(row => row.State == "tested" && !tested.Contains(row.Id)).Select(row => row.Id));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_id_that_has_a_test_is_called_tested(char letter, string document, int lastId)
    {
        var tested = Checklist.ReadRows(letter, document).Where(row => row.State == "tested").Select(row => row.Id).ToHashSet();

        Assert.True(tested.Count <= lastId);
        Assert.Equal(
            [],
            TestMethods().SelectMany(method => Checklist.IdsOf(letter, method.Name).Where(id => !tested.Contains(id)).Select(id => $"{id}: {method.Name}")));
    }

    [Fact]
    public void Ids_are_written_out_and_never_as_a_range() =>
        Assert.DoesNotContain(TestMethods(), method => RangePattern().IsMatch(method.Name));

    private static IEnumerable<MethodInfo> TestMethods() => typeof(ChecklistTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true));

    [GeneratedRegex(@"([NW])\d+_to_\1\d+")]
    private static partial Regex RangePattern();
}
