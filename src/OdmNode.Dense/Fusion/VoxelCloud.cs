using System.Numerics;
using System.Runtime.InteropServices;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>Gathers samples of a surface in cubes and makes one point of each.</summary>
/// <remarks>Samples are added up in the order in which they come, so the same samples in the same order give the same bytes.</remarks>
internal sealed class VoxelCloud
{
    private const int CellsBetweenChecks = 1 << 14;
    private const int Bits = 21;
    private const long Half = 1 << (Bits - 1);
    private readonly Dictionary<long, int> indexOfKey = [];
    private readonly List<long> keys = [];
    private readonly List<Cell> cells = [];
    private readonly Vector3D origin;
    private readonly double spacing;
    private readonly double height;

    /// <param name="origin">Map coordinates near all samples; a corner of cubes.</param>
    /// <param name="spacing">Edge of a cube in plan, metres.</param>
    /// <param name="height">Edge of a cube in height, metres.</param>
    public VoxelCloud(Vector3D origin, double spacing, double height)
    {
        this.origin = origin;
        this.spacing = spacing;
        this.height = height;
    }

    /// <summary>One point for each cube, south to north, west to east, low to high, cloud after cloud.</summary>
    public static PointCloud ToCloud(Vector3D origin, IReadOnlyList<VoxelCloud> clouds)
    {
        var cells = new List<Cell>();
        foreach (VoxelCloud cloud in clouds)
        {
            cloud.AddMerged(cells);
        }

        var result = new PointCloud
        {
            Origin = origin,
            Positions = new float[3 * cells.Count],
            Normals = new float[3 * cells.Count],
            Colors = new byte[3 * cells.Count],
            Views = new byte[cells.Count],
        };
        for (int i = 0; i < cells.Count; i++)
        {
            Cell cell = cells[i];
            cell.Mean.CopyTo(result.Positions, 3 * i);
            float length = cell.Normal.Length();
            (length > 0 ? cell.Normal / length : Vector3.UnitZ).CopyTo(result.Normals, 3 * i);
            Vector3 color = Vector3.Clamp((cell.Color / cell.Weight) + new Vector3(0.5f), Vector3.Zero, new Vector3(255));
            result.Colors[3 * i] = (byte)color.X;
            result.Colors[(3 * i) + 1] = (byte)color.Y;
            result.Colors[(3 * i) + 2] = (byte)color.Z;
            result.Views[i] = cell.Views;
        }

        return result;
    }

    /// <param name="pointOnMap">Metres.</param>
    /// <param name="normal">Of any length; its direction counts.</param>
    /// <param name="color">Red, green, blue, 0 to 255.</param>
    /// <param name="views">Photos that agree on the sample.</param>
    /// <param name="weight">Of the sample in the means.</param>
    public void Add(Vector3D pointOnMap, Vector3 normal, Vector3 color, byte views, float weight)
    {
        Vector3D local = pointOnMap - origin;
        long x = (long)Math.Floor(local.X / spacing) + Half;
        long y = (long)Math.Floor(local.Y / spacing) + Half;
        long z = (long)Math.Floor(local.Z / height) + Half;
        if ((ulong)x >= 2 * Half || (ulong)y >= 2 * Half || (ulong)z >= 2 * Half)
        {
            return;
        }

        long key = (y << (2 * Bits)) | (x << Bits) | z;
        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(indexOfKey, key, out bool exists);
        if (!exists)
        {
            index = cells.Count;
            keys.Add(key);
            cells.Add(default);
        }

        ref Cell cell = ref CollectionsMarshal.AsSpan(cells)[index];
        cell.Position += weight * new Vector3((float)local.X, (float)local.Y, (float)local.Z);
        cell.Normal += weight * normal;
        cell.Color += weight * color;
        cell.Weight += weight;
        cell.Views = Math.Max(cell.Views, views);
    }

    /// <summary>Empties the cubes whose mean point, on the map, and number of views <paramref name="isWrong"/> says are wrong.</summary>
    public void Remove(Func<Vector3D, byte, bool> isWrong, CancellationToken cancellationToken)
    {
        Span<Cell> all = CollectionsMarshal.AsSpan(cells);
        for (int i = 0; i < all.Length; i++)
        {
            if (i % CellsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (all[i].Weight > 0 && isWrong(OnMap(all[i]), all[i].Views))
            {
                all[i] = default;
            }
        }
    }

    /// <summary>Leaves of the cubes above each other only the one with the most weight; the higher of equals.</summary>
    public void KeepOneLayer()
    {
        Span<Cell> all = CollectionsMarshal.AsSpan(cells);
        int best = -1;
        foreach (int index in Order())
        {
            if (best >= 0 && keys[index] >> Bits == keys[best] >> Bits)
            {
                int loser = all[index].Weight >= all[best].Weight ? best : index;
                best = loser == best ? index : best;
                all[loser] = default;
            }
            else
            {
                best = index;
            }
        }
    }

    /// <summary>The squares of a cloud with the given <paramref name="edge"/> that hold a point of this one, and those around them.</summary>
    public HashSet<long> ColumnsAround(double edge)
    {
        var columns = new HashSet<long>();
        foreach (Cell cell in cells)
        {
            if (cell.Weight > 0)
            {
                Vector3 mean = cell.Mean;
                for (int side = 0; side < 9; side++)
                {
                    columns.Add(ColumnOf(mean.X + (((side % 3) - 1) * edge), mean.Y + (((side / 3) - 1) * edge), edge));
                }
            }
        }

        return columns;
    }

    /// <summary>The square of this cloud in which a point lies.</summary>
    public long ColumnOf(Vector3D pointOnMap) => ColumnOf(pointOnMap.X - origin.X, pointOnMap.Y - origin.Y, spacing);

    private static long ColumnOf(double x, double y, double edge) =>
        (((long)Math.Floor(y / edge) + Half) << Bits) | ((long)Math.Floor(x / edge) + Half);

    private Vector3D OnMap(in Cell cell)
    {
        Vector3 mean = cell.Mean;
        return origin + new Vector3D(mean.X, mean.Y, mean.Z);
    }

    /// <summary>Adds the cubes in their order; two in which noise splits one surface become one.</summary>
    private void AddMerged(List<Cell> merged)
    {
        long column = -1;
        foreach (int index in Order())
        {
            Cell cell = cells[index];
            if (cell.Weight <= 0)
            {
                continue;
            }

            if (keys[index] >> Bits == column && (cell.Mean.Z - merged[^1].Mean.Z) < 0.5 * spacing)
            {
                merged[^1] = merged[^1].With(cell);
            }
            else
            {
                merged.Add(cell);
                column = keys[index] >> Bits;
            }
        }
    }

    private int[] Order()
    {
        var order = new int[cells.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        long[] sorted = [.. keys];
        Array.Sort(sorted, order);
        return order;
    }

    private struct Cell
    {
        public Vector3 Position;
        public Vector3 Normal;
        public Vector3 Color;
        public float Weight;
        public byte Views;

        public readonly Vector3 Mean => Position / Weight;

        public readonly Cell With(in Cell other) => new()
        {
            Position = Position + other.Position,
            Normal = Normal + other.Normal,
            Color = Color + other.Color,
            Weight = Weight + other.Weight,
            Views = Math.Max(Views, other.Views),
        };
    }
}
