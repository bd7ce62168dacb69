using OdmNode.Tasks.Storage;

namespace OdmNode.UnitTests.Tasks;

public sealed class StorageErrorsTests
{
    [Theory]
    [InlineData("Access to the path '/srv/data/x/all.zip' is denied.", "Access to the path 'all.zip' is denied.")]
    [InlineData("'/srv/a' and '/srv/b/c.jpg' differ", "'a' and 'c.jpg' differ")]
    [InlineData("ENAMETOOLONG: name too long, open 'a.jpg'", "ENAMETOOLONG: name too long, open 'a.jpg'")]
    [InlineData("It's 5 km/h, isn't it?", "It's 5 km/h, isn't it?")]
    public void Folders_of_this_machine_are_not_told(string message, string told) =>
        Assert.Equal(told, StorageErrors.Describe(new IOException(message)));
}
