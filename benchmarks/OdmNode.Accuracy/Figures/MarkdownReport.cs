using System.Globalization;
using System.Text;

namespace OdmNode.Accuracy.Figures;

/// <summary>The figures as rows for docs/performance.md and docs/accuracy.md.</summary>
internal static class MarkdownReport
{
    public static string Of(IReadOnlyList<DataSetMetrics> sets)
    {
        var text = new StringBuilder();
        Table(
            text,
            ["data set", "placed", "reprojection px", "tie points", "observations per photo", "to reconstruction s", "whole run s",
                "CPU s", "whole task s", "peak MiB", "GPS RMSE m", "orthophoto data %"],
            sets.Select(set => new[]
            {
                set.Name, $"{set.Placed} of {set.Photos}", Number(set.ReprojectionErrorPixels, "F3"), Number(set.TiePoints, "F0"),
                Number(set.ObservationsPerPhoto, "F0"), Number(set.ReconstructionWallSeconds, "F1"), Number(set.WallSeconds, "F1"),
                Number(set.CpuSeconds, "F1"), Number(set.WholeTaskWallSeconds, "F1"), Number(set.PeakResidentMebibytes, "F0"),
                Number(set.GpsRmseAligned, "F2"), Number(100 * set.OrthophotoDataShare, "F2"),
            }));
        if (sets.Any(set => set.Truth is not null))
        {
            Table(
                text,
                ["data set", "GSD m", "centres, aligned, GSD", "centres, absolute, GSD", "DSM median abs., GSD", "DSM 95 %, GSD",
                    "DSM bias, GSD", "DSM missing %", "DSM measured %", "asphalt sigma, GSD", "lawn sigma, GSD"],
                sets.Where(set => set.Truth is not null).Select(set => new[]
                {
                    set.Name, Number(set.Truth!.GsdMetres, "F4"), Number(set.Truth.CenterRmseAlignedGsd, "F3"),
                    Number(set.Truth.CenterRmseGsd, "F3"), Number(set.Truth.Surface?.MedianAbsoluteGsd, "F2"),
                    Number(set.Truth.Surface?.Percentile95Gsd, "F2"), Number(set.Truth.Surface?.BiasGsd, "F2"),
                    Number(100 * set.Truth.Surface?.MissingShare, "F2"), Number(100 * set.Truth.Surface?.MeasuredShare, "F2"),
                    Number(set.Truth.Surface?.AsphaltSigmaGsd, "F2"), Number(set.Truth.Surface?.LawnSigmaGsd, "F2"),
                }));
            Table(
                text,
                ["data set", "DTM on open ground, median abs., GSD", "everywhere, GSD", "95 %, GSD", "bias, GSD", "missing %"],
                sets.Where(set => set.Truth?.Terrain is not null).Select(set => new[]
                {
                    set.Name, Number(set.Truth!.Terrain!.OpenMedianAbsoluteGsd, "F2"), Number(set.Truth.Terrain.MedianAbsoluteGsd, "F2"),
                    Number(set.Truth.Terrain.Percentile95Gsd, "F2"), Number(set.Truth.Terrain.BiasGsd, "F2"),
                    Number(100 * set.Truth.Terrain.MissingShare, "F2"),
                }));
            Table(
                text,
                ["data set", "roof edges, places", "RMS px", "median px", "lost %", "marks RMS, GSD", "worst, GSD"],
                sets.Where(set => set.Truth?.Orthophoto is not null).Select(set => new[]
                {
                    set.Name, Number(set.Truth!.Orthophoto!.EdgeSamples, "F0"), Number(set.Truth.Orthophoto.EdgeRmsPixels, "F2"),
                    Number(set.Truth.Orthophoto.EdgeMedianPixels, "F2"), Number(100 * set.Truth.Orthophoto.EdgeLostShare, "F1"),
                    Number(set.Truth.Orthophoto.MarkRmsGsd, "F2"), Number(set.Truth.Orthophoto.MarkWorstGsd, "F2"),
                }));
        }

        Table(
            text,
            ["data set", "stage", "wall s", "CPU s"],
            sets.SelectMany(set => set.Stages.Select(stage => new[]
            {
                set.Name, stage.Name, Number(stage.WallSeconds, "F2"), Number(stage.CpuSeconds, "F2"),
            })));
        return text.ToString();
    }

    private static void Table(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        text.Append("| ").AppendJoin(" | ", head).AppendLine(" |");
        text.Append('|').AppendJoin('|', head.Select(_ => "---")).AppendLine("|");
        foreach (string[] row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row).AppendLine(" |");
        }

        text.AppendLine();
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
