using OdmNode.Geospatial.Orthophoto;

namespace OdmNode.UnitTests.Geospatial.Orthophoto;

public class ExposureSolverTests
{
    [Fact]
    public void Photos_agree_after_their_gains_in_spite_of_wrong_samples()
    {
        double[] exposures = [1.0, 0.8, 1.25, 0.9, 1.1];
        var random = new Random(1);
        double[] colors = [.. Enumerable.Range(0, 400).Select(_ => 40 + (100 * random.NextDouble()))];
        var samples = new List<ExposureSample>();
        for (int shot = 0; shot < exposures.Length; shot++)
        {
            // A chain: each photo shares points with its neighbours alone.
            for (int point = shot * 60; point < (shot * 60) + 140; point++)
            {
                float value = random.NextDouble() < 0.1 ? 230 : (float)(colors[point] * exposures[shot]);
                samples.Add(new ExposureSample(point, shot, value, value, value * 0.5f));
            }
        }

        IReadOnlyList<ColorGain> gains = ExposureSolver.Solve(samples, 400, exposures.Length);
        double[] corrected = [.. gains.Zip(exposures, (gain, exposure) => gain.Red * exposure)];
        Assert.True(corrected.Max() / corrected.Min() < 1.04, string.Join(" ", corrected));
        Assert.All(gains, gain => Assert.Equal(gain.Red, gain.Blue, 1e-3f));
    }

    [Fact]
    public void A_photo_without_samples_keeps_its_brightness() =>
        Assert.Equal([ColorGain.None, ColorGain.None], ExposureSolver.Solve([], 10, 2));
}
