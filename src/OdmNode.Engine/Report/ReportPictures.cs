using OdmNode.Engine.Report.Figures;
using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Sections;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Report;

/// <summary>The report's figures as pictures of their own, for pages and for people who want one of them.</summary>
internal static class ReportPictures
{
    private const float Width = 480;
    private const float MostHeight = 620;
    private const float PixelsPerPoint = 2;

    public static void Write(ReportContent content, Typesetter type, StageContext context)
    {
        void Picture(string path, IBlock block) => context.WriteArtefact(path, file => BlockPng.Write(block, type, Width, PixelsPerPoint, file));

        if (content.Orthophoto is { } orthophoto)
        {
            Picture(ReportFiles.OrthophotoPreview, new MapFigure(orthophoto, MostHeight));
        }

        foreach ((string key, ReliefImage relief) in content.Relief)
        {
            Picture(ReportFiles.ElevationPreview(key), new ReliefFigure(relief, MostHeight));
        }

        Picture(ReportFiles.Overlap, new OverlapFigure(content.Overlap, content.Outline, MostHeight));
        Picture(ReportFiles.ReprojectionHistogram, new HistogramFigure(content.Run.Pixels));
        for (int camera = 0; camera < content.Residuals.Count; camera++)
        {
            Picture(ReportFiles.Residuals(camera), CameraSection.Residuals(content.Residuals[camera]));
        }
    }
}
