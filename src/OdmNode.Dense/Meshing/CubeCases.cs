namespace OdmNode.Dense.Meshing;

/// <summary>For each way in which the eight corners of a cube lie in the solid or in the air, the triangles between them.</summary>
/// <remarks>
/// W. Lorensen and H. Cline, Marching cubes, SIGGRAPH 1987; the table is derived, not copied: on each face the air is
/// cut off around every run of corners that lie in it, which both cubes at the face do alike, so that there are no cracks.
/// Corner c is at (c &amp; 1, c &gt;&gt; 1 &amp; 1, c &gt;&gt; 2). Edge 3c + a goes from corner c along axis a.
/// </remarks>
internal static class CubeCases
{
    /// <summary>The corners around each face, counter-clockwise seen from outside.</summary>
    private static readonly int[][] Faces = [[0, 4, 6, 2], [1, 3, 7, 5], [0, 1, 5, 4], [2, 6, 7, 3], [0, 2, 3, 1], [4, 5, 7, 6]];

    private static readonly byte[][] Table = [.. Enumerable.Range(0, 256).Select(TrianglesOf)];

    /// <summary>Three edges for each triangle, counter-clockwise seen from the air.</summary>
    /// <param name="solidCorners">Bit c says that corner c lies in the solid.</param>
    public static ReadOnlySpan<byte> Triangles(int solidCorners) => Table[solidCorners];

    private static byte[] TrianglesOf(int solidCorners)
    {
        var next = new SortedDictionary<int, int>();
        foreach (int[] face in Faces)
        {
            LinkFace(face, solidCorners, next);
        }

        var triangles = new List<byte>();
        while (next.Count > 0)
        {
            int first = next.Keys.First();
            var loop = new List<int>();
            for (int edge = first; next.Remove(edge, out int following); edge = following)
            {
                loop.Add(edge);
            }

            AddFan(loop, triangles);
        }

        return [.. triangles];
    }

    /// <summary>Cuts a loop into triangles from a corner from which no cut lies in a face, where the next cube may have the same.</summary>
    private static void AddFan(List<int> loop, List<byte> triangles)
    {
        int count = loop.Count;
        int apex = Enumerable.Range(0, count).First(start =>
            Enumerable.Range(2, count - 3).All(i => !ShareFace(loop[start], loop[(start + i) % count])));
        for (int i = 1; i + 1 < count; i++)
        {
            triangles.AddRange([(byte)loop[apex], (byte)loop[(apex + i) % count], (byte)loop[(apex + i + 1) % count]]);
        }
    }

    private static bool ShareFace(int edge, int other) => Faces.Any(face => Lies(edge, face) && Lies(other, face));

    private static bool Lies(int edge, int[] face) => face.Contains(edge / 3) && face.Contains((edge / 3) | (1 << (edge % 3)));

    /// <summary>Going around the face, ties the edge at which the air begins to the one at which it ends.</summary>
    private static void LinkFace(int[] face, int solidCorners, SortedDictionary<int, int> next)
    {
        for (int i = 0; i < 4; i++)
        {
            if (IsSolid(face[i]) && !IsSolid(face[(i + 1) % 4]))
            {
                int end = i + 1;
                while (!IsSolid(face[(end + 1) % 4]))
                {
                    end++;
                }

                next.Add(EdgeBetween(face[end % 4], face[(end + 1) % 4]), EdgeBetween(face[i], face[(i + 1) % 4]));
            }
        }

        bool IsSolid(int corner) => ((solidCorners >> corner) & 1) != 0;
    }

    private static int EdgeBetween(int a, int b)
    {
        int axis = (a ^ b) >> 1;
        return (3 * Math.Min(a, b)) + axis;
    }
}
