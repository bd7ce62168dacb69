using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Metadata;
using OdmNode.Pipeline.Stages;
using OdmNode.Sfm.Shutter;

namespace OdmNode.Engine.Stages;

/// <summary>The options <c>rolling-shutter</c> and <c>rolling-shutter-readout</c>.</summary>
internal static class ShutterOption
{
    public const string Switch = "rolling-shutter";

    /// <summary>Milliseconds for all photos; 0 asks the table of cameras.</summary>
    public const string Readout = "rolling-shutter-readout";

    /// <summary>What the reconstruction is to know of a photo's shutter; null where it is to take the photo as it is.</summary>
    public static ShutterTiming? TimingOf(PhotoMetadata photo, OptionView options) =>
        options.Flag(Switch) && MillisecondsOf(photo, options) is { } milliseconds
            ? new ShutterTiming(
                1e-3 * milliseconds,
                photo.CaptureTime,
                photo.HasSpeed ? new Vector3D(photo.SpeedEast!.Value, photo.SpeedNorth!.Value, photo.SpeedUp!.Value) : null)
            : null;

    /// <summary>Tells the user what came of the options.</summary>
    /// <param name="done">Null where the block has no map, or no camera a readout time.</param>
    /// <param name="dataset">All photos.</param>
    /// <param name="context">Options and console.</param>
    public static void Say(ShutterSummary? done, Dataset dataset, StageContext context)
    {
        if (!context.Options.Flag(Switch))
        {
            return;
        }

        if (dataset.MapFrame() is null)
        {
            context.Warn("The rolling shutter is not corrected: without positions nobody knows how fast the camera flew.");
            return;
        }

        foreach (IGrouping<string, PhotoRecord> camera in dataset.Photos
            .Where(photo => MillisecondsOf(photo.Metadata!, context.Options) is null)
            .GroupBy(photo => $"{photo.Metadata!.Make ?? "unknown maker"} {photo.Metadata.Model ?? "unknown model"}"))
        {
            context.Warn($"The rolling shutter of {camera.Count()} photos is not corrected: the readout time of the camera {camera.Key} is not known. "
                + $"Measure or look it up, and give it in milliseconds as {Readout}.");
        }

        if (done is null)
        {
            return;
        }

        if (done.WithoutSpeed > 0)
        {
            context.Warn($"The rolling shutter of {done.WithoutSpeed} photos is not corrected: they hold neither the drone's speed nor, together with "
                + "their neighbours, times and places that tell it.");
        }

        if (done.Photos > 0)
        {
            context.Say(Describe(done));
        }
    }

    /// <summary>One sentence.</summary>
    public static string Describe(ShutterSummary done)
    {
        string readout = done.LeastReadoutMilliseconds == done.MostReadoutMilliseconds
            ? FormattableString.Invariant($"{done.LeastReadoutMilliseconds:0.#}")
            : FormattableString.Invariant($"{done.LeastReadoutMilliseconds:0.#} to {done.MostReadoutMilliseconds:0.#}");
        return FormattableString.Invariant(
            $"Rolling shutter of {done.Photos} photos corrected: readout {readout} ms, median speed {done.MedianSpeed:0.0} m/s ({done.MeasuredSpeeds} from the drone, {done.Photos - done.MeasuredSpeeds} from neighbouring photos), observations moved by {done.MedianShiftPixels:0.00} pixels in the median.");
    }

    private static double? MillisecondsOf(PhotoMetadata photo, OptionView options) =>
        options.Number(Readout) is > 0 and double given ? given : ReadoutTable.MillisecondsOf(photo);
}
