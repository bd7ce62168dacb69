using System.Numerics;

namespace OdmNode.Testing.Landscapes;

/// <summary>Colours of a <see cref="PrismSolid"/>, linear reflectance averaged over a footprint.</summary>
internal interface IPrismSkin
{
    /// <param name="along">Metres along the wall from its middle.</param>
    /// <param name="aboveEaves">Metres, negative below the eaves.</param>
    /// <param name="half">Half of the wall's length, metres.</param>
    /// <param name="face">0 to 3.</param>
    /// <param name="footprint">Metres.</param>
    Vector3 Wall(double along, double aboveEaves, double half, int face, float footprint);

    /// <param name="along">Metres along the ridge from the middle.</param>
    /// <param name="across">Metres on the slope from the ridge.</param>
    /// <param name="halfLength">Metres.</param>
    /// <param name="halfWidth">Metres in plan.</param>
    /// <param name="footprint">Metres.</param>
    Vector3 Roof(double along, double across, double halfLength, double halfWidth, float footprint);
}
