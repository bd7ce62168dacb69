using System.Globalization;
using OdmNode.WebOdm.Files;

namespace OdmNode.UnitTests.WebOdm;

/// <summary>Scales photos that are a text, the number of pixels along their longest side.</summary>
internal sealed class FakeScaler : IPhotoScaler
{
    /// <summary>Told each photo before it is scaled.</summary>
    public Action<string> OnPhoto { get; set; } = _ => { };

    public double? Shrink(string source, string target, int longest)
    {
        OnPhoto(Path.GetFileName(source));
        var side = int.Parse(File.ReadAllText(source), CultureInfo.InvariantCulture);
        if (side <= longest)
        {
            return null;
        }

        File.WriteAllText(target, longest.ToString(CultureInfo.InvariantCulture));
        return (double)longest / side;
    }
}
