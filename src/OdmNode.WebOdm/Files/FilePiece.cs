namespace OdmNode.WebOdm.Files;

/// <summary>A piece of a file that is sent in pieces.</summary>
/// <param name="Upload">Names the upload: letters, digits and <c>-</c>.</param>
/// <param name="Index">From 0.</param>
/// <param name="Count">Pieces in all.</param>
/// <param name="Offset">Where the piece belongs, bytes from the beginning of the file.</param>
public sealed record FilePiece(string Upload, int Index, int Count, long Offset);
