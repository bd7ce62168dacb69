using System.Text.Json.Serialization;
using OdmNode.Dense.Fusion;
using OdmNode.Engine.Stages;
using OdmNode.Geospatial.Orthophoto;

namespace OdmNode.Engine;

/// <summary>What the engine keeps as JSON in its checkpoints.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(PhotoRecord))]
[JsonSerializable(typeof(Dataset))]
[JsonSerializable(typeof(FeaturePhoto[]))]
[JsonSerializable(typeof(ReconstructionReport))]
[JsonSerializable(typeof(MapFootprint))]
[JsonSerializable(typeof(TileGrid))]
[JsonSerializable(typeof(CloudStatistics))]
[JsonSerializable(typeof(SurfaceRecord))]
[JsonSerializable(typeof(ColorGain[]))]
[JsonSerializable(typeof(ExposureSample[]))]
internal sealed partial class EngineJson : JsonSerializerContext;
