namespace OdmNode.Client.Transfers;

/// <summary>The node now has another version of the file that is being fetched; never leaves this library.</summary>
internal sealed class AssetChangedException : Exception
{
    public AssetChangedException()
        : base("The file changed on the node.")
    {
    }
}
