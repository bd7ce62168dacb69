using System.Numerics;
using System.Runtime.InteropServices;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>Gathers samples of a surface in cubes and makes one point of each.</summary>
/// <remarks>Samples are added up in the order in which they come, so the same samples in the same order give the same bytes.</remarks>
internal sealed class VoxelCloud
{
    private const int Bits = 21;
    private const long Half = 1 << (Bits - 1);
    private readonly Dictionary<long, int> indexOfKey = [];
    private readonly List<long> keys = [];
    private readonly List<Cell> cells = [];
    private readonly Vector3D origin;
    private readonly double spacing;

    /// <param name="origin">Map coordinates near all samples; a corner of cubes.</param>
    /// <param name="spacing">Edge of a cube, metres.</param>
    public VoxelCloud(Vector3D origin, double spacing)
    {
        this.origin = origin;
        this.spacing = spacing;
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
        long z = (long)Math.Floor(local.Z / spacing) + Half;
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

    /// <summary>One point for each cube, south to north, west to east, low to high.</summary>
    public PointCloud ToCloud()
    {
        int[] order = Order();
        var merged = new List<Cell>(order.Length);
        long column = -1;
        foreach (int index in order)
        {
            Cell cell = cells[index];
            // Noise lets one surface fall into two cubes above each other: those become one point again.
            if (keys[index] >> Bits == column && (cell.Height - merged[^1].Height) < 0.5 * spacing)
            {
                merged[^1] = merged[^1].With(cell);
            }
            else
            {
                merged.Add(cell);
                column = keys[index] >> Bits;
            }
        }

        var cloud = new PointCloud
        {
            Origin = origin,
            Positions = new float[3 * merged.Count],
            Normals = new float[3 * merged.Count],
            Colors = new byte[3 * merged.Count],
            Views = new byte[merged.Count],
        };
        for (int i = 0; i < merged.Count; i++)
        {
            Cell cell = merged[i];
            (cell.Position / cell.Weight).CopyTo(cloud.Positions, 3 * i);
            float length = cell.Normal.Length();
            (length > 0 ? cell.Normal / length : Vector3.UnitZ).CopyTo(cloud.Normals, 3 * i);
            Vector3 color = Vector3.Clamp((cell.Color / cell.Weight) + new Vector3(0.5f), Vector3.Zero, new Vector3(255));
            cloud.Colors[3 * i] = (byte)color.X;
            cloud.Colors[(3 * i) + 1] = (byte)color.Y;
            cloud.Colors[(3 * i) + 2] = (byte)color.Z;
            cloud.Views[i] = cell.Views;
        }

        return cloud;
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

        public readonly float Height => Position.Z / Weight;

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
