namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>Models of bytes, one per context, made where one is first asked for.</summary>
/// <param name="contexts">Their number.</param>
internal sealed class ByteModels(int contexts)
{
    private readonly SymbolModel?[] models = new SymbolModel?[contexts];

    public SymbolModel Of(int context) => models[context] ??= new SymbolModel(256);
}
