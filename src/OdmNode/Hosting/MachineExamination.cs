using System.Globalization;
using System.Runtime.InteropServices;
using OdmNode.Api.Http;
using OdmNode.Geospatial.Gdal;
using OdmNode.Native.Interop;
using OdmNode.Verbs;

namespace OdmNode.Hosting;

/// <summary>Looks at everything the engine needs or can use.</summary>
internal static class MachineExamination
{
    private const long ScarceDisk = 5L << 30;

    /// <param name="data">A folder on the disk that will hold the data.</param>
    public static IReadOnlyList<MachineFinding> Examine(string data) =>
        [Native(), OpenCv(), Gdal(), SetSid(), Cuda(), Processors(), Memory(), Disk(data)];

    private static MachineFinding Native()
    {
        var found = NativeInfo.TryDescribe(out var problem);
        return found is not null
            ? MachineFinding.Present("native library", found)
            : MachineFinding.Missing("native library", problem!, "libceres3", "libmeshoptimizer2d", "libturbojpeg0");
    }

    private static MachineFinding OpenCv()
    {
        try
        {
            return MachineFinding.Present("OpenCV", OpenCvSharp.Cv2.GetVersionString() ?? "version unknown");
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or OpenCvSharp.OpenCvSharpException)
        {
            return MachineFinding.Missing("OpenCV", (exception.InnerException ?? exception).Message.ReplaceLineEndings(" "), "libgtk-3-0");
        }
    }

    private static MachineFinding Gdal()
    {
        var version = GdalInfo.TryVersion(out var problem);
        return version is not null
            ? MachineFinding.Present("GDAL", version)
            : MachineFinding.Missing("GDAL", problem!, "libgdal-dev");
    }

    private static MachineFinding SetSid()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
            .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, "setsid")).FirstOrDefault(File.Exists);
        return found is not null
            ? MachineFinding.Present("process groups", found)
            : MachineFinding.Missing("process groups", "the command setsid, with which the node ends engines", "util-linux");
    }

    /// <summary>CUDA is used where it is and never needed.</summary>
    private static MachineFinding Cuda()
    {
        const string drivers = "/proc/driver/nvidia/gpus";
        var devices = Directory.Exists(drivers) ? Directory.EnumerateDirectories(drivers).Select(Model).ToList() : [];
        if (devices.Count == 0)
        {
            return MachineFinding.Present("CUDA", "no device; everything runs on the processors");
        }

        var usable = NativeLibrary.TryLoad("libcuda.so.1", out var handle);
        if (usable)
        {
            NativeLibrary.Free(handle);
        }

        return MachineFinding.Present("CUDA", string.Join(", ", devices) + (usable ? string.Empty : " (the driver library libcuda.so.1 is missing)"));
    }

    private static string Model(string device)
    {
        var information = Path.Combine(device, "information");
        var line = File.Exists(information)
            ? File.ReadLines(information).FirstOrDefault(line => line.StartsWith("Model:", StringComparison.Ordinal))
            : null;
        return line?["Model:".Length..].Trim() ?? Path.GetFileName(device);
    }

    private static MachineFinding Processors() => MachineFinding.Present(
        "processors", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} {RuntimeInformation.ProcessArchitecture}"));

    private static MachineFinding Memory()
    {
        var (total, available) = new MachineInfo(TimeProvider.System).Memory();
        return MachineFinding.Present("memory", $"{ResultListing.Size(available)} of {ResultListing.Size(total)} available");
    }

    private static MachineFinding Disk(string data)
    {
        var folder = Path.GetFullPath(data);
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        var text = $"{ResultListing.Size(free)} free for {folder}";
        return MachineFinding.Present("disk", free < ScarceDisk ? text + "; that is little, a survey needs several times its own size" : text);
    }
}
