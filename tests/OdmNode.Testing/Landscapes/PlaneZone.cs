namespace OdmNode.Testing.Landscapes;

/// <summary>A rectangle in which the ground is a plane, with a smooth passage to the ground around it.</summary>
/// <param name="X">Centre, metres east.</param>
/// <param name="Y">Centre, metres north.</param>
/// <param name="HalfX">Half of the extent in east, metres.</param>
/// <param name="HalfY">Half of the extent in north, metres.</param>
/// <param name="Height">At the centre, metres.</param>
/// <param name="SlopeX">Rise towards east, metres per metre.</param>
/// <param name="SlopeY">Rise towards north, metres per metre.</param>
/// <param name="Falloff">Width of the passage, metres.</param>
internal sealed record PlaneZone(
    double X, double Y, double HalfX, double HalfY, double Height, double SlopeX, double SlopeY, double Falloff)
{
    public double HeightAt(double x, double y) => Height + (SlopeX * (x - X)) + (SlopeY * (y - Y));

    /// <summary>Inside the rectangle grown by a margin (shrunk where it is negative).</summary>
    public bool Contains(double x, double y, double margin) =>
        Math.Abs(x - X) <= HalfX + margin && Math.Abs(y - Y) <= HalfY + margin;

    /// <summary>1 in the rectangle, 0 beyond the falloff, and the gradient of that.</summary>
    public double Weight(double x, double y, out double weightX, out double weightY)
    {
        weightX = 0;
        weightY = 0;
        double a = Edge(x - X, HalfX, out double slopeA);
        if (a == 0)
        {
            return 0;
        }

        double b = Edge(y - Y, HalfY, out double slopeB);
        weightX = slopeA * b;
        weightY = a * slopeB;
        return a * b;
    }

    private double Edge(double offset, double half, out double slope)
    {
        double beyond = (Math.Abs(offset) - half) / Falloff;
        slope = 0;
        if (beyond <= 0)
        {
            return 1;
        }

        if (beyond >= 1)
        {
            return 0;
        }

        slope = -Math.Sign(offset) * 30 * beyond * beyond * ((beyond * (beyond - 2)) + 1) / Falloff;
        return 1 - (beyond * beyond * beyond * ((beyond * ((beyond * 6) - 15)) + 10));
    }
}
