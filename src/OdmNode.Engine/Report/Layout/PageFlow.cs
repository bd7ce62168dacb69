using System.Globalization;
using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Lays blocks out on pages of A4, and writes them as a PDF file.</summary>
internal sealed class PageFlow : IDisposable
{
    private const float Width = 595.28f;
    private const float Height = 841.89f;
    private const float Side = 50;
    private const float Top = 54;
    private const float Bottom = 54;
    private readonly Typesetter type;
    private readonly List<SKPicture> pages = [];
    private SKPictureRecorder recorder = new();
    private SKCanvas canvas;
    private float y = Top;

    public PageFlow(Typesetter type)
    {
        this.type = type;
        canvas = recorder.BeginRecording(Page);
    }

    public static float ContentWidth => Width - (2 * Side);

    private static SKRect Page => SKRect.Create(0, 0, Width, Height);

    private static float PageEnd => Height - Bottom;

    private bool IsFresh => y <= Top;

    /// <summary>Places blocks after those before, on new pages where they do not fit.</summary>
    public void Add(params IReadOnlyList<IBlock> blocks)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            Place(blocks[i], FollowersOf(blocks, i));
        }
    }

    /// <summary>What follows begins a page.</summary>
    public void BreakPage()
    {
        if (!IsFresh)
        {
            EndPage();
        }
    }

    /// <param name="path">File to write.</param>
    /// <param name="metadata">Title, program and time; the file's bytes depend on nothing else but the blocks.</param>
    /// <param name="headLine">At the top of all pages but the first.</param>
    /// <param name="footLine">At the foot of all pages.</param>
    public void Write(string path, SKDocumentPdfMetadata metadata, string headLine, string footLine)
    {
        BreakPage();
        using FileStream file = File.Create(path);
        using var stream = new SKManagedWStream(file);
        using SKDocument document = SKDocument.CreatePdf(stream, metadata);
        for (int i = 0; i < pages.Count; i++)
        {
            SKCanvas page = document.BeginPage(Width, Height);
            page.DrawPicture(pages[i]);
            if (i > 0)
            {
                type.Draw(page, headLine, Side, 34, TextStyle.Small);
            }

            type.Draw(page, footLine, Side, Height - 28, TextStyle.Small);
            string number = string.Create(CultureInfo.InvariantCulture, $"Page {i + 1} of {pages.Count}");
            type.Draw(page, number, Width - Side, Height - 28, TextStyle.Small, SKTextAlign.Right);
            document.EndPage();
        }

        document.Close();
    }

    public void Dispose()
    {
        pages.ForEach(page => page.Dispose());
        recorder.Dispose();
    }

    /// <summary>Height of what must stand below a block on the same page: a heading, what introduces a table, its first rows.</summary>
    private float FollowersOf(IReadOnlyList<IBlock> blocks, int index)
    {
        float height = 0;
        for (int i = index; blocks[i].StaysWithNext && i + 1 < blocks.Count; i++)
        {
            height += blocks[i].SpaceAfter + blocks[i + 1].LeastHeightOf(type, ContentWidth);
        }

        return height;
    }

    private void Place(IBlock block, float followers)
    {
        float height = block.HeightOf(type, ContentWidth);
        if (y + height + followers > PageEnd)
        {
            if ((IsFresh || y + block.LeastHeightOf(type, ContentWidth) <= PageEnd) && block.SplitAt(type, ContentWidth, PageEnd - y) is { } parts)
            {
                Draw(parts.Head, parts.Head.HeightOf(type, ContentWidth));
                EndPage();
                Place(parts.Tail, followers);
                return;
            }

            if (!IsFresh)
            {
                EndPage();
                Place(block, followers);
                return;
            }
        }

        Draw(block, height);
        y += block.SpaceAfter;
    }

    private void Draw(IBlock block, float height)
    {
        block.Draw(canvas, type, SKRect.Create(Side, y, ContentWidth, height));
        y += height;
    }

    private void EndPage()
    {
        pages.Add(recorder.EndRecording());
        recorder.Dispose();
        recorder = new SKPictureRecorder();
        canvas = recorder.BeginRecording(Page);
        y = Top;
    }
}
