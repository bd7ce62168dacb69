using OdmNode.Core.Errors;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;
using OdmNode.Native.Kernels;
using OpenCvSharp;

namespace OdmNode.Imaging.Codecs;

/// <summary>Decodes photos: JPEG through libjpeg-turbo, PNG, TIFF and BMP through OpenCV.</summary>
/// <remarks>EXIF orientation is never applied: pixels stay in the order of the sensor, where the lens model lives.</remarks>
public static class PhotoCodec
{
    /// <summary>Most pixels of a picture unless the caller says otherwise: 536 megapixels.</summary>
    public const long DefaultMaximumPixels = 1L << 29;

    /// <summary>Reads format and size without decoding.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maximumPixels">Larger pictures are refused.</param>
    /// <exception cref="OdmException">BadInput: no picture, a damaged header, or more pixels than allowed.</exception>
    public static PhotoHeader ReadHeader(ReadOnlySpan<byte> file, long maximumPixels = DefaultMaximumPixels)
    {
        if (file.IsEmpty)
        {
            throw new OdmException(ErrorKind.BadInput, "The file is empty.");
        }

        PhotoFormat format = HeaderParser.Identify(file)
            ?? throw new OdmException(ErrorKind.BadInput, "The file is no picture that the engine reads (JPEG, PNG, TIFF or BMP).");
        (long width, long height)? size = HeaderParser.Size(format, file);
        if (format == PhotoFormat.Jpeg && JpegDecoder.TryReadHeader(file, out JpegHeader jpeg))
        {
            size = (jpeg.Width, jpeg.Height);
        }

        if (size is not ( > 0, > 0))
        {
            throw new OdmException(ErrorKind.BadInput, $"The header of the {Name(format)} file is damaged or cut off.");
        }

        (long width, long height) found = size.Value;
        // Dividing avoids the overflow that a hostile header aims at.
        if (found.width > maximumPixels / found.height || found.width > int.MaxValue || found.height > int.MaxValue)
        {
            throw new OdmException(
                ErrorKind.BadInput,
                $"The {Name(format)} file declares {found.width} x {found.height} pixels, more than the {maximumPixels / 1000000} megapixels allowed.");
        }

        return new PhotoHeader(format, (int)found.width, (int)found.height);
    }

    /// <summary>Decodes a photo to 8 bits per sample; 16-bit samples are divided by 257.</summary>
    /// <exception cref="OdmException">BadInput: no picture, damaged, cut off, or more pixels than allowed.</exception>
    public static ImageBuffer Decode(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ScaleDenominator is not (1 or 2 or 4 or 8))
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The scale denominator is 1, 2, 4 or 8.");
        }

        PhotoHeader header = ReadHeader(file, options.MaximumPixels);
        int channels = options.Grey ? 1 : 3;
        int width = DividedUp(header.Width, options.ScaleDenominator);
        int height = DividedUp(header.Height, options.ScaleDenominator);
        if ((long)width * height * channels > Array.MaxLength)
        {
            throw new OdmException(
                ErrorKind.BadInput, $"A picture of {width} x {height} pixels does not fit in one buffer; reduce it and try again.");
        }

        if (header.Format == PhotoFormat.Jpeg)
        {
            var image = ImageBuffer.ForPhoto(width, height, channels);
            switch (JpegDecoder.Decode(file, options.ScaleDenominator, channels, image.Pixels))
            {
                case JpegOutcome.Decoded:
                    return image;
                case JpegOutcome.Damaged:
                    throw new OdmException(ErrorKind.BadInput, "The JPEG file is damaged or cut off.");
            }
        }

        ImageBuffer decoded = OpenCvDecode(file, header, options.Grey);
        return options.ScaleDenominator == 1
            ? decoded
            : AreaResampler.Resize(decoded, width, height, options.ScaleDenominator, options.ScaleDenominator);
    }

    /// <summary>Decodes a photo so that its longest side has at most the given length, never enlarging it.</summary>
    /// <remarks>JPEG is scaled down by a power of two while it is decoded, the rest by <see cref="AreaResampler"/>.</remarks>
    /// <exception cref="OdmException">As <see cref="Decode"/>.</exception>
    public static ImageBuffer DecodeToLongestSide(ReadOnlySpan<byte> file, int longestSide, bool grey, long maximumPixels = DefaultMaximumPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longestSide);
        PhotoHeader header = ReadHeader(file, maximumPixels);
        int longest = Math.Max(header.Width, header.Height);
        double ratio = Math.Min(1, (double)longestSide / longest);
        int width = Math.Max(1, (int)Math.Round(header.Width * ratio, MidpointRounding.AwayFromZero));
        int height = Math.Max(1, (int)Math.Round(header.Height * ratio, MidpointRounding.AwayFromZero));
        int denominator = 8;
        while (denominator > 1 && (header.Width / denominator < width || header.Height / denominator < height))
        {
            denominator /= 2;
        }

        ImageBuffer decoded = Decode(
            file, new DecodeOptions { Grey = grey, ScaleDenominator = denominator, MaximumPixels = maximumPixels });
        // A size that the denominator does not divide was rounded up: leave the padding at the far edges out.
        return decoded.Width == width && decoded.Height == height
            ? decoded
            : AreaResampler.Resize(
                decoded,
                width,
                height,
                (double)header.Width / denominator / width,
                (double)header.Height / denominator / height);
    }

    private static ImageBuffer OpenCvDecode(ReadOnlySpan<byte> file, PhotoHeader header, bool grey)
    {
        OpenCvLibrary.Prepare();
        ImreadModes mode = (grey ? ImreadModes.Grayscale : ImreadModes.Color) | ImreadModes.AnyDepth | ImreadModes.IgnoreOrientation;
        try
        {
            using Mat decoded = Cv2.ImDecode(file, mode);
            if (decoded.Empty() || decoded.Width != header.Width || decoded.Height != header.Height)
            {
                throw Damaged(header.Format, null);
            }

            using var bytes = new Mat();
            switch (decoded.Depth())
            {
                case MatType.CV_8U:
                    decoded.CopyTo(bytes);
                    break;
                case MatType.CV_16U:
                    decoded.ConvertTo(bytes, MatType.CV_8U, 1.0 / 257);
                    break;
                default:
                    throw new OdmException(
                        ErrorKind.BadInput, $"The {Name(header.Format)} file has samples that are neither 8 nor 16 bits wide.");
            }

            var image = ImageBuffer.ForPhoto(header.Width, header.Height, grey ? 1 : 3);
            if (!grey)
            {
                Cv2.CvtColor(bytes, bytes, ColorConversionCodes.BGR2RGB);
            }

            using Mat view = Mat.FromPixelData(header.Height, header.Width, grey ? MatType.CV_8UC1 : MatType.CV_8UC3, image.Pixels);
            bytes.CopyTo(view);
            return image;
        }
        catch (OpenCVException exception)
        {
            throw Damaged(header.Format, exception);
        }
    }

    private static OdmException Damaged(PhotoFormat format, Exception? cause) =>
        new(ErrorKind.BadInput, $"The {Name(format)} file is damaged or cut off.", cause);

    private static string Name(PhotoFormat format) => format.ToString().ToUpperInvariant();

    private static int DividedUp(int size, int denominator) => (int)(((long)size + denominator - 1) / denominator);
}
