using OdmNode.Tasks.Packing;
using OdmNode.Tasks.Uploads;

namespace OdmNode.UnitTests.Tasks;

public sealed class UploadNamesTests
{
    [Theory]
    [InlineData("../../evil.jpg", "evil.jpg")]
    [InlineData(@"c:\x\win.jpg", "win.jpg")]
    [InlineData("sp ace#é&.JPG", "sp ace#é&.JPG")]
    [InlineData("body.json", "_body.json")]
    [InlineData("..", "_..")]
    [InlineData("", null)]
    [InlineData("folder/", null)]
    public void A_name_is_its_last_component(string given, string? stored) => Assert.Equal(stored, UploadNames.Clean(given));

    [Theory]
    [InlineData("a\0.jpg")]
    [InlineData("a\n.jpg")]
    [InlineData("a\u0085.jpg")]
    public void Control_characters_are_refused(string given) => Assert.Throws<FormatException>(() => UploadNames.Clean(given));

    [Fact]
    public void Length_is_counted_in_bytes()
    {
        Assert.Equal(251 + 4, UploadNames.Clean(new string('a', 251) + ".jpg")!.Length);
        Assert.Throws<FormatException>(() => UploadNames.Clean(new string('é', 126) + ".jpg"));
    }

    [Theory]
    [InlineData("a.jpg", "a_.jpg")]
    [InlineData("a_.jpg", "a__.jpg")]
    [InlineData("a.tar.gz", "a.tar_.gz")]
    [InlineData("noext", "noext_")]
    [InlineData(".hidden", ".hidden_")]
    public void A_taken_name_gets_an_underscore_before_its_extension(string taken, string next) =>
        Assert.Equal(next, UploadNames.Next(taken));

    [Fact]
    public void A_name_that_cannot_grow_any_more_is_refused() =>
        Assert.Throws<FormatException>(() => UploadNames.Next(new string('a', 251) + ".jpg"));

    [Theory]
    [InlineData("../../../etc/passwd", "etc/passwd")]
    [InlineData("/abs", "abs")]
    [InlineData("a/../../b", "b")]
    [InlineData(@"..\..\x", "x")]
    [InlineData("odm_report/", "odm_report")]
    [InlineData("..", null)]
    [InlineData("a\0b", null)]
    public void Outputs_stay_inside_the_task(string output, string? kept) => Assert.Equal(kept, ArchiveContents.Normalise(output));
}
