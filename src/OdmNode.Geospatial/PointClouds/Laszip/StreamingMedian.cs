namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>LASzip's running median of about five values: each new one pushes out the largest and the smallest by turns.</summary>
internal sealed class StreamingMedian
{
    private readonly int[] values = new int[5];
    private bool dropsHigh = true;

    public int Value => values[2];

    public void Add(int value)
    {
        if (dropsHigh)
        {
            dropsHigh = value < values[2];
            int place = 4;
            while (place > 0 && value < values[place - 1])
            {
                values[place] = values[place - 1];
                place--;
            }

            values[place] = value;
        }
        else
        {
            dropsHigh = value <= values[2];
            int place = 0;
            while (place < 4 && value > values[place + 1])
            {
                values[place] = values[place + 1];
                place++;
            }

            values[place] = value;
        }
    }
}
