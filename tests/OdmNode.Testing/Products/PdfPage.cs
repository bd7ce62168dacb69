namespace OdmNode.Testing.Products;

/// <summary>A page and the words on it.</summary>
/// <param name="Width">Points.</param>
/// <param name="Height">Points.</param>
/// <param name="Words">In the order of the file.</param>
public sealed record PdfPage(double Width, double Height, IReadOnlyList<PdfWord> Words);
