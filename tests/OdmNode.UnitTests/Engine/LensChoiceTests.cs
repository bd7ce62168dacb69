using System.Text.Json.Nodes;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Stages;
using OdmNode.Geometry.Cameras;
using OdmNode.Imaging.Metadata;

namespace OdmNode.UnitTests.Engine;

public sealed class LensChoiceTests
{
    private static readonly PhotoMetadata Photo = new()
    {
        ImageName = "a.jpg", Width = 4000, Height = 3000, Make = "Maker", Model = "One", FocalRatio = 0.5,
    };

    [Theory]
    [InlineData("perspective", LensModel.Perspective)]
    [InlineData("brown", LensModel.Brown)]
    [InlineData("fisheye", LensModel.Fisheye)]
    [InlineData("fisheye_opencv", LensModel.FisheyeOpenCv)]
    [InlineData("dual", LensModel.Dual)]
    [InlineData("spherical", LensModel.Spherical)]
    public void The_option_goes_before_what_the_photo_says(string option, LensModel expected)
    {
        var choice = new LensChoice(option, Calibrated(""));
        Assert.Equal(expected, choice.Of(Photo with { IsFisheye = true }));
        Assert.Equal(expected, choice.Of(Photo with { IsPanorama = true }));
        Assert.Equal($"maker one 4000 3000 {option} 0.5", LensChoice.KeyOf(Photo, expected));
    }

    [Fact]
    public void Left_to_itself_a_photo_is_browns_or_the_fisheye_or_the_panorama_that_it_says()
    {
        var choice = new LensChoice("auto", Calibrated(""));
        Assert.Equal(LensModel.Brown, choice.Of(Photo));
        Assert.Equal(LensModel.FisheyeOpenCv, choice.Of(Photo with { IsFisheye = true }));
        Assert.Equal(LensModel.Spherical, choice.Of(Photo with { IsPanorama = true }));
    }

    [Fact]
    public void Left_to_itself_a_photo_takes_the_model_that_its_lens_is_calibrated_with()
    {
        var choice = new LensChoice("auto", Calibrated(
            """{"maker one 4000 3000 fisheye 0.5": {"projection_type": "fisheye", "width": 4000, "height": 3000, "focal": 0.45, "k1": 0.01}}"""));
        Assert.Equal(LensModel.Fisheye, choice.Of(Photo));
        Assert.Equal(LensModel.Brown, choice.Of(Photo with { FocalRatio = 0.7 }));
    }

    [Fact]
    public void An_equirectangular_lens_is_a_spherical_one_and_its_start_is_the_whole_turn()
    {
        Assert.Equal(LensModel.Spherical, new LensChoice("equirectangular", Calibrated("")).Of(Photo));
        var record = new PhotoRecord("a.jpg", "", Photo, null) { Lens = LensModel.Spherical };
        Assert.Equal(4000 / (2 * Math.PI), CameraPriors.Lens(record).FocalX, 1e-9);
    }

    [Fact]
    public void A_calibration_of_another_model_is_no_start_for_the_lens()
    {
        IReadOnlyDictionary<string, Camera> calibrated = Calibrated(
            """{"maker one 4000 3000 fisheye 0.5": {"projection_type": "fisheye", "width": 4000, "height": 3000, "focal": 0.45, "k1": 0.01}}""");
        var record = new PhotoRecord("a.jpg", "", Photo, null) { Lens = LensModel.Fisheye };
        Assert.Equal(1800, CameraPriors.Collect([record], calibrated, keep: false)["maker one 4000 3000 fisheye 0.5"].Start.FocalX);
        Camera brown = CameraPriors.Collect([record with { Lens = LensModel.Brown }], calibrated, keep: false)["maker one 4000 3000 brown 0.5"].Start;
        Assert.Equal((LensModel.Brown, 2000.0), (brown.Model, brown.FocalX));
    }

    private static IReadOnlyDictionary<string, Camera> Calibrated(string json) =>
        CamerasJson.Read(json.Length == 0 ? null : JsonNode.Parse(json));
}
