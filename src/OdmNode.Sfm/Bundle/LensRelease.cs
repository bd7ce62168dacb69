namespace OdmNode.Sfm.Bundle;

/// <summary>Which values of the lenses an adjustment may change; few photos do not determine all of them.</summary>
internal enum LensRelease
{
    None,
    FocalAndRadial,
    All,
}
