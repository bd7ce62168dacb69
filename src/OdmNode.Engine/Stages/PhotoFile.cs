using OdmNode.Core.Errors;
using OdmNode.Dense.Panoramas;
using OdmNode.Engine.Assets;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;

namespace OdmNode.Engine.Stages;

/// <summary>The uploaded photos.</summary>
internal static class PhotoFile
{
    public static byte[] ReadBytes(string projectFolder, string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(projectFolder, AssetPaths.Images, name));
        }
        catch (FileNotFoundException exception)
        {
            throw new OdmException(ErrorKind.Storage, $"The photo {name} vanished while it was needed.", exception);
        }
    }

    /// <summary>Red, green and blue of a photo, or of a view that is cut from a panorama (<see cref="PanoramaViews"/>).</summary>
    /// <param name="projectFolder">The project's folder.</param>
    /// <param name="name">Of a photo or a view.</param>
    /// <param name="scaleDenominator">1, 2, 4 or 8: of the full size.</param>
    /// <param name="cancellationToken">Asked between rows of a view.</param>
    public static ImageBuffer Decode(string projectFolder, string name, int scaleDenominator, CancellationToken cancellationToken) => Cut(
        projectFolder, name, file => PhotoCodec.Decode(file, new DecodeOptions { ScaleDenominator = scaleDenominator }), cancellationToken);

    /// <summary>The same, reduced so that the longest side has a number of pixels at most.</summary>
    public static ImageBuffer DecodeToLongestSide(string projectFolder, string name, int longestSide, CancellationToken cancellationToken) => Cut(
        projectFolder,
        name,
        file =>
        {
            int side = longestSide;
            if (ViewOf(projectFolder, name) is not null)
            {
                int panorama = PhotoCodec.ReadHeader(file).Width;
                side = (int)Math.Ceiling((double)longestSide * panorama / PanoramaFace.SideOf(panorama));
            }

            return PhotoCodec.DecodeToLongestSide(file, side, grey: false);
        },
        cancellationToken);

    private static ImageBuffer Cut(string projectFolder, string name, Func<byte[], ImageBuffer> decode, CancellationToken cancellationToken)
    {
        (string Panorama, PanoramaFace Face)? view = ViewOf(projectFolder, name);
        ImageBuffer photo = decode(ReadBytes(projectFolder, view?.Panorama ?? name));
        return view is { } cut ? PanoramaViews.Render(photo, cut.Face, cancellationToken) : photo;
    }

    private static (string Panorama, PanoramaFace Face)? ViewOf(string projectFolder, string name) =>
        PanoramaViews.Parse(name) is { } view && !File.Exists(Path.Combine(projectFolder, AssetPaths.Images, name)) ? view : null;
}
