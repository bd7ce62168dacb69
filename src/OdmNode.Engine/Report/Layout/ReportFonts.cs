using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>
/// The typefaces of the report, from the files of the Debian packages that the project lists: the same letters, hence the same
/// bytes, on every machine.
/// </summary>
internal sealed class ReportFonts : IDisposable
{
    private const string Folder = "/usr/share/fonts/truetype/";
    private static readonly string[][] Families =
    [
        ["open-sans/OpenSans-Regular.ttf", "open-sans/OpenSans-Semibold.ttf", "open-sans/OpenSans-Bold.ttf"],
        ["dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf", "dejavu/DejaVuSans-Bold.ttf"],
        ["droid/DroidSansFallbackFull.ttf", "droid/DroidSansFallbackFull.ttf", "droid/DroidSansFallbackFull.ttf"],
    ];

    private readonly IReadOnlyList<SKFont[]> families;

    private ReportFonts(IReadOnlyList<SKFont[]> families) => this.families = families;

    /// <returns>Null when none of the packages is installed.</returns>
    public static ReportFonts? Load()
    {
        var found = new List<SKFont[]>();
        foreach (string[] files in Families.Where(files => files.All(file => File.Exists(Folder + file))))
        {
            SKTypeface?[] faces = [.. files.Select(file => SKTypeface.FromFile(Folder + file))];
            if (!faces.Contains(null))
            {
                found.Add([.. faces.Select(face => new SKFont(face))]);
            }
        }

        return found.Count == 0 ? null : new ReportFonts(found);
    }

    /// <summary>Cuts text into pieces of one typeface each: the first that has the letter, or the first of all.</summary>
    public IEnumerable<(string Text, SKTypeface Face)> Runs(string text, FontWeight weight)
    {
        int start = 0;
        int position = 0;
        SKTypeface? current = null;
        foreach (System.Text.Rune letter in text.EnumerateRunes())
        {
            SKTypeface face = FaceOf(letter, weight);
            if (current is not null && face != current)
            {
                yield return (text[start..position], current);
                start = position;
            }

            current = face;
            position += letter.Utf16SequenceLength;
        }

        if (current is not null)
        {
            yield return (text[start..], current);
        }
    }

    public void Dispose()
    {
        foreach (SKFont font in families.SelectMany(fonts => fonts))
        {
            font.Typeface.Dispose();
            font.Dispose();
        }
    }

    private SKTypeface FaceOf(System.Text.Rune letter, FontWeight weight) =>
        (families.FirstOrDefault(fonts => fonts[(int)weight].ContainsGlyph(letter.Value)) ?? families[0])[(int)weight].Typeface;
}
