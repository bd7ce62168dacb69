using System.Text.Json;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.Geospatial.PointClouds.Ept;

/// <summary>Lists the nodes of a tree and their numbers of points, in files that a viewer fetches as it comes closer.</summary>
internal static class EptHierarchy
{
    /// <summary>Levels that a file describes before others go on.</summary>
    private const int Step = 6;
    private const int GoesOnElsewhere = -1;

    /// <param name="folder">Receives <c>D-X-Y-Z.json</c>, one for the root and one for each inner node of every sixth level.</param>
    /// <param name="counts">Points of each node.</param>
    public static void Write(string folder, IReadOnlyDictionary<OctreeKey, int> counts)
    {
        HashSet<OctreeKey> inner = [.. counts.Keys.Where(key => key.Depth > 0).Select(key => key.Ancestor(key.Depth - 1))];
        bool IsTop(OctreeKey key) => key.Depth % Step == 0 && (key.Depth == 0 || inner.Contains(key));
        var files = new SortedDictionary<OctreeKey, SortedDictionary<OctreeKey, int>>();
        foreach ((OctreeKey key, int count) in counts)
        {
            // The file of the nearest ancestor that has one; a top of its own is mentioned there too.
            int depth = IsTop(key) ? key.Depth : key.Depth == 0 ? 0 : (key.Depth - 1) / Step * Step;
            FileOf(key.Ancestor(depth))[key] = count;
            if (IsTop(key) && depth > 0)
            {
                FileOf(key.Ancestor(depth - Step))[key] = GoesOnElsewhere;
            }
        }

        foreach ((OctreeKey top, SortedDictionary<OctreeKey, int> nodes) in files)
        {
            using FileStream file = File.Create(Path.Combine(folder, $"{top}.json"));
            using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
            json.WriteStartObject();
            foreach ((OctreeKey key, int count) in nodes)
            {
                json.WriteNumber(key.ToString(), count);
            }

            json.WriteEndObject();
        }

        SortedDictionary<OctreeKey, int> FileOf(OctreeKey top)
        {
            if (!files.TryGetValue(top, out SortedDictionary<OctreeKey, int>? nodes))
            {
                files[top] = nodes = [];
            }

            return nodes;
        }
    }
}
