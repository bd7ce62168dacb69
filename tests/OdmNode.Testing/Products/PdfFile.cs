using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace OdmNode.Testing.Products;

/// <summary>A PDF file as Poppler reads it, which shares no code with what wrote it.</summary>
public sealed class PdfFile
{
    private PdfFile(IReadOnlyList<PdfPage> pages, string text)
    {
        Pages = pages;
        Text = text;
    }

    public IReadOnlyList<PdfPage> Pages { get; }

    /// <summary>All words in reading order, laid out in lines as on the pages.</summary>
    public string Text { get; }

    /// <exception cref="InvalidOperationException">Poppler is absent, or cannot read the file.</exception>
    public static PdfFile Read(string path)
    {
        string boxes = ExternalTool.Run("pdftotext", "-bbox", path, "-");
        using var reader = XmlReader.Create(new StringReader(boxes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        IEnumerable<XElement> pages = XDocument.Load(reader).Descendants().Where(element => element.Name.LocalName == "page");
        return new PdfFile(
            [.. pages.Select(page => new PdfPage(
                Number(page, "width"),
                Number(page, "height"),
                [.. page.Elements().Select(word => new PdfWord(
                    word.Value, Number(word, "xMin"), Number(word, "yMin"), Number(word, "xMax"), Number(word, "yMax")))]))],
            ExternalTool.Run("pdftotext", "-layout", path, "-"));
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
