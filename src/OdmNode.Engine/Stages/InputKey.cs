using System.Globalization;
using OdmNode.Core.Hashing;

namespace OdmNode.Engine.Stages;

/// <summary>Keys of plain values that a unit depends on.</summary>
internal static class InputKey
{
    public static ContentKey Of(string name, string value)
    {
        using var builder = new KeyBuilder();
        return builder.Add("value").Add(name).Add(value).ToKey();
    }

    public static ContentKey Of(string name, double value) => Of(name, value.ToString("R", CultureInfo.InvariantCulture));
}
