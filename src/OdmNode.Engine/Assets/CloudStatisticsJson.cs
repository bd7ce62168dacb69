using System.Text.Json.Nodes;
using OdmNode.Engine.Stages;

namespace OdmNode.Engine.Assets;

/// <summary>A cloud's extent in the shape that point-cloud info commands give it.</summary>
internal static class CloudStatisticsJson
{
    private static readonly string[] Names = ["X", "Y", "Z"];

    public static JsonObject Of(CloudStatistics cloud)
    {
        var statistics = new JsonArray();
        var box = new JsonObject();
        for (int axis = 0; axis < Names.Length && cloud.Count > 0; axis++)
        {
            statistics.Add(new JsonObject
            {
                ["name"] = Names[axis],
                ["position"] = axis,
                ["count"] = cloud.Count,
                ["minimum"] = cloud.Minimum[axis],
                ["maximum"] = cloud.Maximum[axis],
                ["average"] = cloud.Sum[axis] / cloud.Count,
            });
            string letter = Names[axis].ToLowerInvariant();
            box["min" + letter] = cloud.Minimum[axis];
            box["max" + letter] = cloud.Maximum[axis];
        }

        return new JsonObject
        {
            ["stats"] = new JsonObject
            {
                ["bbox"] = new JsonObject { ["native"] = new JsonObject { ["bbox"] = box } },
                ["statistic"] = statistics,
            },
            ["dense"] = true,
        };
    }
}
