using System.CommandLine;
using OdmNode.Hosting;
using OdmNode.Hosting.Engines;

namespace OdmNode.Verbs;

/// <summary><c>odmnode doctor</c>: what this machine offers and what it lacks.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder whose disk is looked at.", DefaultValueFactory = _ => Directory.GetCurrentDirectory(),
        };
        var verb = new Command("doctor", "Says what this machine offers: native library, GDAL, OpenCV, CUDA, memory, disk.") { data };
        verb.SetAction(result => Examine(result.GetValue(data)!));
        return verb;
    }

    private static int Examine(string data)
    {
        Console.WriteLine($"odmnode {EngineSelection.OwnVersion}");
        var findings = MachineExamination.Examine(data);
        foreach (var finding in findings)
        {
            var mark = finding.IsMissing ? "MISSING" : "ok";
            Console.WriteLine($"{mark,-8} {finding.What,-16} {finding.Text}");
        }

        var packages = findings.SelectMany(finding => finding.Packages).Distinct().ToList();
        if (packages.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("Run as root:");
            Console.WriteLine($"  apt-get update && apt-get install -y --no-install-recommends {string.Join(' ', packages)}");
        }

        return findings.Any(finding => finding.IsMissing) ? VerbErrors.Failed : 0;
    }
}
