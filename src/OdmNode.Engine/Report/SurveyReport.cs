using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Sections;
using SkiaSharp;

namespace OdmNode.Engine.Report;

/// <summary>The report for people: report.pdf.</summary>
internal static class SurveyReport
{
    /// <summary>The same content gives the same bytes: the only time in the file is that of the statistics.</summary>
    /// <param name="content">What to show.</param>
    /// <param name="type">Draws letters.</param>
    /// <param name="path">File to write.</param>
    public static void Write(ReportContent content, Typesetter type, string path)
    {
        using var flow = new PageFlow(type);
        flow.Add([.. CoverSection.Of(content)]);
        if (content.Orthophoto is not null)
        {
            flow.BreakPage();
        }

        IBlock[] elevation = [.. ElevationSection.Of(content)];
        if (elevation.Length > 0)
        {
            flow.Add(elevation);
            flow.BreakPage();
        }

        flow.Add([.. OverlapSection.Of(content), .. PositionSection.Of(content)]);
        flow.BreakPage();
        flow.Add([.. AdjustmentSection.Of(content)]);
        flow.BreakPage();
        flow.Add([.. CameraSection.Of(content), .. ProcessingSection.Of(content)]);
        string program = "OdmNode " + ProductVersion.Text;
        var metadata = new SKDocumentPdfMetadata
        {
            Title = "Survey report",
            Creator = program,
            Producer = program,
            Creation = content.Run.WrittenAt.UtcDateTime,
            Modified = content.Run.WrittenAt.UtcDateTime,
            RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
            EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
        };
        flow.Write(path, metadata, "Survey report", $"{program} · {Format.Moment(content.Run.WrittenAt)} UTC");
    }
}
