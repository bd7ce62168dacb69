namespace OdmNode.Imaging.Codecs;

/// <summary>The picture formats that the engine reads, told by their first bytes, never by the name of the file.</summary>
public enum PhotoFormat
{
    Jpeg,
    Png,
    Tiff,
    Bmp,
}
