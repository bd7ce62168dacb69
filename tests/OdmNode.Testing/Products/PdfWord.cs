namespace OdmNode.Testing.Products;

/// <summary>A word and the rectangle that it takes, points from the upper left corner of its page.</summary>
public sealed record PdfWord(string Text, double Left, double Top, double Right, double Bottom);
