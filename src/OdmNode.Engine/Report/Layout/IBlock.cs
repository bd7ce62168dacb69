using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>A part of a page as wide as it is told to be. Lengths are points.</summary>
internal interface IBlock
{
    /// <summary>Blank that follows.</summary>
    float SpaceAfter => 12;

    /// <summary>True for what must not be the last on a page.</summary>
    bool StaysWithNext => false;

    float HeightOf(Typesetter type, float width);

    /// <param name="canvas">Where to.</param>
    /// <param name="type">Draws letters.</param>
    /// <param name="area">As wide as was asked, as high as <see cref="HeightOf"/> said.</param>
    void Draw(SKCanvas canvas, Typesetter type, SKRect area);

    /// <summary>Height of the smallest part that may stand at the end of a page.</summary>
    float LeastHeightOf(Typesetter type, float width) => HeightOf(type, width);

    /// <summary>Cuts off what fits into a height.</summary>
    /// <returns>Null for a block that cannot be cut there.</returns>
    (IBlock Head, IBlock Tail)? SplitAt(Typesetter type, float width, float height) => null;
}
