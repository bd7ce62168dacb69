using OdmNode.Engine.Report;
using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Geometry.Linear;
using OdmNode.Sfm;
using OdmNode.Testing.Files;
using OdmNode.Testing.Products;

namespace OdmNode.UnitTests.Engine.Report;

/// <summary>The report as Poppler reads it.</summary>
public sealed class SurveyReportTests
{
    [Fact]
    public void Figures_are_those_of_the_run()
    {
        RunStatistics run = SampleRun.Georeferenced;
        PdfFile report = Write(run);
        string[] expected =
        [
            "Survey report", "187 of 187", "23 Jun 2025, 16:31:59 – 17:02:03", "4 Mar 2026, 05:06:07 UTC", "46.50000° N, 91.75000° W",
            "WGS 84 / UTM zone 15N", "(EPSG:32615)", "2.35 ha", "7,083 m²", "1.62 cm", "1,725,691 points", "13,522 tie points", "9,911", "2,457",
            "37,891", "40,832", "154.71 m", "179.97 m", "162.72 m", "4.63 m", "3,622,423", "68.0 %", "32.0 %", "24.4 %", "41.3 %",
            Format.Decimal(run.Pixels.Mean, 3), Format.Decimal(run.Pixels.RootMeanSquare, 3), Format.Decimal(run.Pixels.Percentile99, 3),
            Format.Metres(run.Gps!.Mean.Y), Format.Metres(run.Gps.RootMeanSquare.Z), Format.Metres(run.Gps.Ce90), Format.Metres(run.Gps.Le90),
            SampleRun.CameraId, "0.55550", "0.57270", "0.01176", "−0.00158", "render-orthophoto", "odm_orthophoto",
            Format.Duration(run.TotalSeconds),
        ];
        Assert.All(expected, text => Assert.True(report.Text.Contains(text, StringComparison.Ordinal), $"'{text}' is not in:\n{report.Text}"));
    }

    [Fact]
    public void Control_points_have_a_table_only_where_there_are_any()
    {
        Assert.DoesNotContain("Check points", Write(SampleRun.Georeferenced).Text, StringComparison.Ordinal);
        PdfFile report = Write(SampleRun.Georeferenced with
        {
            ControlPoints =
            [
                new ControlPointError("GCP-1", false, 5, new Vector3D(0.011, -0.012, 0.013)),
                new ControlPointError("CHK-7", true, 4, new Vector3D(0.021, 0.022, -0.034)),
            ],
        });
        Assert.Contains("Ground control points", report.Text, StringComparison.Ordinal);
        Assert.Matches(@"GCP-1\s+5\s+0\.011 m\s+−0\.012 m\s+0\.013 m", report.Text);
        Assert.Matches(@"CHK-7\s+4\s+0\.021 m\s+0\.022 m\s+−0\.034 m", report.Text);
    }

    [Fact]
    public void A_survey_without_positions_has_a_report_without_what_it_lacks()
    {
        PdfFile report = Write(SampleRun.WithoutPositions);
        Assert.Contains("local coordinates without", report.Text, StringComparison.Ordinal);
        Assert.All(
            (string[])["GPS", "Elevation", "UTM", "m²", "surveyed area", "NaN"],
            text => Assert.DoesNotContain(text, report.Text, StringComparison.Ordinal));
        AssertInside(report);
    }

    [Fact]
    public void Many_photos_that_were_not_placed_fill_whole_pages_and_no_more_than_are_read()
    {
        PdfFile report = Write(SampleRun.Georeferenced with
        {
            PhotosPlaced = 1000,
            Unplaced = [.. Enumerable.Range(0, 1000).Select(i => new UnplacedPhoto($"DJI_{i:D4}.JPG", "It matches no other photo."))],
        });
        AssertInside(report);
        Assert.InRange(report.Pages.Count, 7, 9);
        Assert.Equal(100, report.Text.Split("It matches no other photo.").Length - 1);
        Assert.Contains("900 more are listed in stats.json", report.Text, StringComparison.Ordinal);
        // The heads of the columns stand on every page that the table reaches.
        Assert.All(report.Pages.Where(page => page.Words.Any(word => word.Text.StartsWith("DJI_", StringComparison.Ordinal))), page =>
            Assert.Contains(page.Words, word => word.Text == "Reason"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("Überflug_Süd_żółć_Ωμέγα_Съёмка.JPG")]
    [InlineData("東京_調査_0001.JPG")]
    [InlineData("مسح.JPG")]
    [InlineData("🛩️🛩️🛩️.JPG")]
    [InlineData("tab\tline\nfeed\u0000.JPG")]
    public void Names_of_any_letters_stay_inside_the_page(string letters)
    {
        string longName = string.Concat(Enumerable.Repeat(letters, 1 + (250 / letters.Length)));
        PdfFile report = Write(SampleRun.Georeferenced with
        {
            Unplaced = [new UnplacedPhoto(letters, "Short."), new UnplacedPhoto(longName, string.Join(' ', Enumerable.Repeat(longName, 20)))],
            Cameras = [SampleRun.Georeferenced.Cameras[0] with { Id = longName }],
        });
        AssertInside(report);
        Assert.InRange(report.Pages.Count, 5, 7);
    }

    [Theory]
    [InlineData("Überflug_Süd_żółć_Ωμέγα_Съёмка.JPG")]
    [InlineData("東京_調査_0001.JPG")]
    public void Names_can_be_read_back(string name)
    {
        PdfFile report = Write(SampleRun.Georeferenced with { Unplaced = [new UnplacedPhoto(name, "It matches no other photo.")] });
        string words = string.Concat(report.Pages.SelectMany(page => page.Words).Select(word => word.Text));
        Assert.Contains(name, words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["a.pdf", "b.pdf"])
        {
            WriteTo(SampleRun.Georeferenced, folder.PathOf(name));
        }

        Assert.Equal(File.ReadAllBytes(folder.PathOf("a.pdf")), File.ReadAllBytes(folder.PathOf("b.pdf")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(29)]
    public void A_heading_stands_on_the_page_of_what_it_names(int unplaced)
    {
        PdfFile report = Write(SampleRun.Georeferenced with
        {
            Unplaced = [.. Enumerable.Range(0, unplaced).Select(i => new UnplacedPhoto($"{i}.jpg", "It matches no other photo."))],
        });
        foreach ((string heading, string below) in ((string, string)[])[("Processing", "Step"), ("Camera", "RMSE"), ("Cameras", "Optimised")])
        {
            Assert.Contains(report.Pages, page => page.Words.Any(word => word.Text == heading) && page.Words.Any(word => word.Text == below));
        }
    }

    [Fact]
    public void Text_that_is_broken_into_lines_loses_no_letter()
    {
        using ReportFonts fonts = ReportFonts.Load()!;
        var type = new Typesetter(fonts);
        string name = string.Concat(Enumerable.Repeat("DJI_東京🛩", 30));
        IReadOnlyList<string> lines = type.Wrap($"photo {name} end", TextStyle.Cell, 90);
        Assert.Equal($"photo{name}end", string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(type.WidthOf(line, TextStyle.Cell) <= 90));
        Assert.All(lines, line => Assert.DoesNotContain('\uFFFD', line));
    }

    [Fact]
    public void The_report_of_an_earlier_run_goes_and_other_files_stay()
    {
        using var folder = new TemporaryFolder();
        ReportFiles.Remove(folder.Root);
        Directory.CreateDirectory(folder.PathOf("odm_report"));
        string[] old = ["odm_report/report.pdf", ReportFiles.Overlap, ReportFiles.ElevationPreview("dtm"), ReportFiles.Residuals(11)];
        string[] other = ["odm_report/stats.json", "odm_report/shots.geojson", "odm_report/mine.png"];
        foreach (string file in old.Concat(other))
        {
            File.WriteAllText(folder.PathOf(file), "");
        }

        ReportFiles.Remove(folder.Root);
        Assert.All(old, file => Assert.False(File.Exists(folder.PathOf(file)), file));
        Assert.All(other, file => Assert.True(File.Exists(folder.PathOf(file)), file));
    }

    private static PdfFile Write(RunStatistics run)
    {
        using var folder = new TemporaryFolder();
        WriteTo(run, folder.PathOf("report.pdf"));
        return PdfFile.Read(folder.PathOf("report.pdf"));
    }

    private static void WriteTo(RunStatistics run, string path)
    {
        using ReportFonts fonts = ReportFonts.Load() ?? throw new InvalidOperationException("The fonts of build/packages.txt are not installed.");
        ReportContent content = SampleRun.ContentOf(run);
        SurveyReport.Write(content, new Typesetter(fonts), path);
    }

    /// <summary>No word leaves the margins, and none lies on the line at the foot.</summary>
    private static void AssertInside(PdfFile report) => Assert.All(report.Pages, page =>
    {
        Assert.Equal((595, 842), ((int)Math.Round(page.Width), (int)Math.Round(page.Height)));
        Assert.All(page.Words, word => Assert.True(
            word.Left > 45 && word.Right < page.Width - 45 && word.Top > 20 && word.Bottom < page.Height - 20, $"{word} is outside"));
        double foot = page.Words.Where(word => word.Text == "Page").Max(word => word.Top);
        Assert.All(page.Words.Where(word => word.Bottom > foot), word => Assert.True(word.Top > foot - 5, $"{word} lies on the foot line"));
    });
}
