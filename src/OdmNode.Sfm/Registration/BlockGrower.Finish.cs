using OdmNode.Sfm.Alignment;
using OdmNode.Sfm.Bundle;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Shutter;

namespace OdmNode.Sfm.Registration;

internal sealed partial class BlockGrower
{
    private const double SettledShare = 0.002;

    // By which the floor under the positions' accuracy falls from one round to the next.
    private const double FloorFall = 0.1;

    // Rounds of moving pixels and adjusting again, and the move in pixels below which another round changes nothing.
    private const int MaxShutterRounds = 4;
    private const double SettledShift = 0.05;

    /// <summary>
    /// Adjusts everything with everything, by the noise that the block itself shows, until the observations no longer change; where photos
    /// tell how they were read out, again with their pixels moved to where a camera that stood still would have seen them.
    /// </summary>
    /// <param name="isAvailable">Photos that may still be placed once the lens is better known.</param>
    public void Finish(bool[] isAvailable)
    {
        Georeference();
        Settle(isAvailable);
        block.Shifts = PixelShifts.For(block);
        for (int round = 0; round < MaxShutterRounds && block.Shifts?.Update() > SettledShift; round++)
        {
            block.NormalizeAll(options.DegreeOfParallelism);
            Settle(isAvailable);
            block.Shifts.Rounds = round + 1;
        }
    }

    private void Settle(bool[] isAvailable)
    {
        adjuster.PositionSigmaFloor = BlockAlignment.MedianPositionError(block);
        int[] everyTrack = [.. Enumerable.Range(0, block.Tracks.Count)];
        for (int round = 0; round < options.MaxFinalRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool positionsCount = adjuster.PositionSigmaFloor <= BlockAlignment.SmallestPositionSigma(block);
            List<int> tracks = block.TracksWithPoint();
            adjuster.Adjust(tracks, null, Release(), 50, 1e-5);
            block.NormalizeAll(options.DegreeOfParallelism);
            if (block.FollowsControl)
            {
                BlockAlignment.CenterPositions(block);
            }

            double sigma = OutlierFilter.EstimateSigmaPerMille(block) ?? block.SigmaPerMille;
            block.SigmaPerMille = sigma;
            double maxError = Math.Min(options.OutlierSigmas * sigma, options.MaxGrowthErrorPerMille);
            int dropped = OutlierFilter.Run(block, tracks, maxError, options, cancellationToken);
            adjuster.PositionSigmaFloor = round + 2 >= options.MaxFinalRounds
                ? 0
                : Math.Min(FloorFall * adjuster.PositionSigmaFloor, BlockAlignment.MedianPositionError(block));
            if (round + 1 == options.MaxFinalRounds)
            {
                return;
            }

            int before = block.IsUsed.Count(static u => u);
            TrackTriangulator.Run(block, everyTrack, maxError, options, cancellationToken);
            int placed = block.PlacedCount;
            Array.Clear(failedWithVisible);
            Grow(isAvailable);
            int after = block.IsUsed.Count(static u => u);
            if (positionsCount && block.PlacedCount == placed && dropped + after - before < SettledShare * after)
            {
                OutlierFilter.Run(block, everyTrack, maxError, options, cancellationToken);
                return;
            }
        }
    }

    /// <summary>
    /// Control points, where there are enough, are surveyed to centimetres and often on another datum than the cameras' positions, so they
    /// come first.
    /// </summary>
    private void Georeference()
    {
        if (ControlNetwork.TryGeoreference(block))
        {
            BlockAlignment.CenterPositions(block);
        }
        else
        {
            BlockAlignment.TryGeoreference(block);
        }
    }
}
