namespace OdmNode.Api.WebOdm.Mapping;

/// <summary>Sorts a list as <c>?ordering=</c> says: fields joined by commas, <c>-</c> before one turns it round, unknown ones are ignored.</summary>
internal static class Ordering
{
    public static IReadOnlyList<T> By<T>(IReadOnlyList<T> items, string? ordering, IReadOnlyDictionary<string, Func<T, IComparable?>> fields)
    {
        IOrderedEnumerable<T>? sorted = null;
        foreach (var word in (ordering ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var isDescending = word.StartsWith('-');
            if (fields.TryGetValue(isDescending ? word[1..] : word, out var field))
            {
                sorted = (sorted, isDescending) switch
                {
                    (null, false) => items.OrderBy(field, Comparer<IComparable?>.Default),
                    (null, true) => items.OrderByDescending(field, Comparer<IComparable?>.Default),
                    (_, false) => sorted.ThenBy(field, Comparer<IComparable?>.Default),
                    (_, true) => sorted.ThenByDescending(field, Comparer<IComparable?>.Default),
                };
            }
        }

        return sorted is null ? items : [.. sorted];
    }
}
