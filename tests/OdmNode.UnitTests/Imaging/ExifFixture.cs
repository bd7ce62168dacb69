using System.Buffers.Binary;
using System.Text;

namespace OdmNode.UnitTests.Imaging;

/// <summary>Puts hand-laid EXIF and XMP segments into a JPEG, damage included.</summary>
internal sealed class ExifFixture
{
    private readonly SortedDictionary<ushort, (ushort Type, uint Count, byte[] Data)> image = [];
    private readonly SortedDictionary<ushort, (ushort Type, uint Count, byte[] Data)> exif = [];
    private readonly SortedDictionary<ushort, (ushort Type, uint Count, byte[] Data)> gps = [];
    private string? xmp;

    public ExifFixture Image(ushort tag, string text) => Text(image, tag, text);

    public ExifFixture Exif(ushort tag, string text) => Text(exif, tag, text);

    public ExifFixture Gps(ushort tag, string text) => Text(gps, tag, text);

    public ExifFixture ExifShort(ushort tag, ushort value)
    {
        exif[tag] = (3, 1, BitConverter.GetBytes(value));
        return this;
    }

    public ExifFixture GpsByte(ushort tag, byte value)
    {
        gps[tag] = (1, 1, [value]);
        return this;
    }

    public ExifFixture ExifRational(ushort tag, params (uint N, uint D)[] values) => Rationals(exif, tag, values);

    public ExifFixture GpsRational(ushort tag, params (uint N, uint D)[] values) => Rationals(gps, tag, values);

    /// <summary>Attributes of one rdf:Description, with the prefixes of DJI and Pix4D declared.</summary>
    public ExifFixture Xmp(string attributes, string cameraNamespace = "http://pix4d.com/camera/1.0")
    {
        xmp = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
            + "<rdf:Description rdf:about=\"\" xmlns:drone-dji=\"http://www.dji.com/drone-dji/1.0/\" "
            + $"xmlns:Camera=\"{cameraNamespace}\" {attributes}/></rdf:RDF></x:xmpmeta>";
        return this;
    }

    /// <summary>The JPEG with the segments after its start marker.</summary>
    public byte[] InJpeg(byte[] jpeg)
    {
        byte[] tiff = Tiff();
        var file = new List<byte> { 0xFF, 0xD8 };
        Segment(file, [.. "Exif\0\0"u8, .. tiff]);
        if (xmp is not null)
        {
            Segment(file, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(xmp)]);
        }

        file.AddRange(jpeg.AsSpan(2));
        return [.. file];
    }

    private static void Segment(List<byte> file, byte[] payload)
    {
        file.AddRange([0xFF, 0xE1, (byte)((payload.Length + 2) >> 8), (byte)(payload.Length + 2)]);
        file.AddRange(payload);
    }

    private ExifFixture Text(SortedDictionary<ushort, (ushort, uint, byte[])> directory, ushort tag, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text + "\0");
        directory[tag] = (2, (uint)bytes.Length, bytes);
        return this;
    }

    private ExifFixture Rationals(SortedDictionary<ushort, (ushort, uint, byte[])> directory, ushort tag, (uint N, uint D)[] values)
    {
        byte[] bytes = [.. values.SelectMany(value => (byte[])[.. BitConverter.GetBytes(value.N), .. BitConverter.GetBytes(value.D)])];
        directory[tag] = (5, (uint)values.Length, bytes);
        return this;
    }

    private byte[] Tiff()
    {
        static int Size(int entries, IEnumerable<(ushort, uint, byte[] Data)> values) =>
            2 + (12 * entries) + 4 + values.Sum(value => value.Data.Length > 4 ? value.Data.Length : 0);
        // Pointers to the EXIF and GPS directories are entries of the first one.
        image[0x8769] = (4, 1, new byte[4]);
        image[0x8825] = (4, 1, new byte[4]);
        int exifOffset = 8 + Size(image.Count, image.Values);
        int gpsOffset = exifOffset + Size(exif.Count, exif.Values);
        image[0x8769] = (4, 1, BitConverter.GetBytes(exifOffset));
        image[0x8825] = (4, 1, BitConverter.GetBytes(gpsOffset));
        byte[] tiff = new byte[gpsOffset + Size(gps.Count, gps.Values)];
        "II*\0"u8.CopyTo(tiff);
        tiff[4] = 8;
        Write(image, tiff, 8);
        Write(exif, tiff, exifOffset);
        Write(gps, tiff, gpsOffset);
        return tiff;
    }

    private static void Write(SortedDictionary<ushort, (ushort Type, uint Count, byte[] Data)> directory, byte[] tiff, int offset)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(offset), (ushort)directory.Count);
        int entry = offset + 2;
        int data = entry + (12 * directory.Count) + 4;
        foreach ((ushort tag, (ushort type, uint count, byte[] bytes)) in directory)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(entry), tag);
            BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(entry + 2), type);
            BinaryPrimitives.WriteUInt32LittleEndian(tiff.AsSpan(entry + 4), count);
            if (bytes.Length <= 4)
            {
                bytes.CopyTo(tiff.AsSpan(entry + 8));
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(entry + 8), data);
                bytes.CopyTo(tiff.AsSpan(data));
                data += bytes.Length;
            }

            entry += 12;
        }
    }
}
