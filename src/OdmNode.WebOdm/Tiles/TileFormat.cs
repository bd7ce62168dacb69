namespace OdmNode.WebOdm.Tiles;

/// <summary>How a tile is encoded.</summary>
public enum TileFormat
{
    /// <summary>Without loss, with alpha.</summary>
    Png,

    /// <summary>Without alpha: white where nothing is known.</summary>
    Jpeg,

    /// <summary>With alpha.</summary>
    Webp,
}
