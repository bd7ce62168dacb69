using System.Numerics;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>Makes triangles where the distances of a tile change their sign.</summary>
internal sealed class SurfaceExtractor
{
    private const int CornerEdge = VoxelVolume.Edge + 1;
    private const int BlocksBetweenChecks = 256;

    /// <summary>How near vertices may come to a voxel: triangles keep an area.</summary>
    private const float LeastFraction = 0.02f;

    private readonly VoxelTile tile;
    private readonly VoxelVolume volume;
    private readonly int[]?[] vertexOfEdge;
    private readonly List<Vector3> positions = [];
    private readonly List<long> keys = [];
    private readonly List<int> triangles = [];
    private readonly float[] corners = new float[CornerEdge * CornerEdge * CornerEdge];
    private readonly int[] around = new int[8];

    public SurfaceExtractor(VoxelTile tile, VoxelVolume volume)
    {
        this.tile = tile;
        this.volume = volume;
        vertexOfEdge = new int[volume.Count][];
    }

    public MeshPart Extract(CancellationToken cancellationToken)
    {
        int lowestZ = 0;
        for (int block = 0; block < volume.Count; block++)
        {
            int z = volume.PlaceOf(block).Z * VoxelVolume.Edge;
            lowestZ = block == 0 ? z : Math.Min(lowestZ, z);
        }

        for (int block = 0; block < volume.Count; block++)
        {
            if (block % BlocksBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Extract(block, lowestZ);
        }

        var mesh = new TriangleMesh
        {
            Origin = tile.Lattice.PlaceOf(tile.X, tile.Y, lowestZ),
            Positions = new float[3 * positions.Count],
            Triangles = [.. triangles],
        };
        for (int i = 0; i < positions.Count; i++)
        {
            positions[i].CopyTo(mesh.Positions, 3 * i);
        }

        return new MeshPart(mesh, [.. keys]);
    }

    private void Extract(int block, int lowestZ)
    {
        (int blockX, int blockY, int blockZ) = volume.PlaceOf(block);
        int x0 = blockX * VoxelVolume.Edge;
        int y0 = blockY * VoxelVolume.Edge;
        int z0 = blockZ * VoxelVolume.Edge;
        bool isOwn = x0 >= tile.X && x0 < tile.X + tile.Width && y0 >= tile.Y && y0 < tile.Y + tile.Height;
        if (!isOwn || !LoadCorners(blockX, blockY, blockZ))
        {
            return;
        }

        for (int z = 0; z < VoxelVolume.Edge; z++)
        {
            for (int y = 0; y < VoxelVolume.Edge; y++)
            {
                for (int x = 0; x < VoxelVolume.Edge; x++)
                {
                    ReadOnlySpan<byte> edges = CubeCases.Triangles(SolidCorners(x, y, z));
                    foreach (byte edge in edges)
                    {
                        triangles.Add(VertexAt(x, y, z, edge, x0, y0, z0, lowestZ));
                    }
                }
            }
        }
    }

    /// <summary>Copies the voxels of a block and the first ones of the next; false if there is no surface among them.</summary>
    private bool LoadCorners(int blockX, int blockY, int blockZ)
    {
        for (int i = 0; i < 8; i++)
        {
            around[i] = volume.Find(blockX + (i & 1), blockY + ((i >> 1) & 1), blockZ + (i >> 2));
        }

        bool hasSolid = false;
        bool hasAir = false;
        int corner = 0;
        for (int z = 0; z < CornerEdge; z++)
        {
            for (int y = 0; y < CornerEdge; y++)
            {
                for (int x = 0; x < CornerEdge; x++, corner++)
                {
                    int block = around[(x >> 3) | ((y >> 3) << 1) | ((z >> 3) << 2)];
                    int voxel = (block * VoxelVolume.Voxels) + ((((z & 7) * VoxelVolume.Edge) + (y & 7)) * VoxelVolume.Edge) + (x & 7);
                    float value = block >= 0 && volume.Weight[voxel] > 0 ? volume.Distance[voxel] : float.NaN;
                    corners[corner] = value;
                    hasSolid |= value < 0;
                    hasAir |= value >= 0;
                }
            }
        }

        return hasSolid && hasAir;
    }

    /// <summary>The case of a cell; 0, which has no triangles, where a corner is unknown.</summary>
    private int SolidCorners(int x, int y, int z)
    {
        int solid = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            float value = corners[CornerIndex(x, y, z, corner)];
            if (float.IsNaN(value))
            {
                return 0;
            }

            solid |= value < 0 ? 1 << corner : 0;
        }

        return solid;
    }

    private int VertexAt(int x, int y, int z, int edge, int x0, int y0, int z0, int lowestZ)
    {
        int corner = edge / 3;
        int axis = edge % 3;
        int cornerX = x + (corner & 1);
        int cornerY = y + ((corner >> 1) & 1);
        int cornerZ = z + (corner >> 2);
        int block = around[(cornerX >> 3) | ((cornerY >> 3) << 1) | ((cornerZ >> 3) << 2)];
        int[] known = vertexOfEdge[block] ??= new int[3 * VoxelVolume.Voxels];
        int place = (3 * (((((cornerZ & 7) * VoxelVolume.Edge) + (cornerY & 7)) * VoxelVolume.Edge) + (cornerX & 7))) + axis;
        if (known[place] == 0)
        {
            float from = corners[CornerIndex(x, y, z, corner)];
            float to = corners[CornerIndex(x, y, z, corner | (1 << axis))];
            float fraction = Math.Clamp(from / (from - to), LeastFraction, 1 - LeastFraction);
            var voxel = new Vector3(x0 + cornerX - tile.X, y0 + cornerY - tile.Y, z0 + cornerZ - lowestZ);
            voxel[axis] += fraction;
            positions.Add((float)tile.Lattice.Resolution * voxel);
            keys.Add(IsShared(x0 + cornerX, y0 + cornerY, axis) ? SharedKey(x0 + cornerX, y0 + cornerY, z0 + cornerZ, axis) : 0);
            known[place] = positions.Count;
        }

        return known[place] - 1;
    }

    /// <summary>Whether an edge lies in a side of the tile.</summary>
    private bool IsShared(int x, int y, int axis) =>
        (axis != 0 && (x == tile.X || x == tile.X + tile.Width)) || (axis != 1 && (y == tile.Y || y == tile.Y + tile.Height));

    /// <summary>The same in both tiles, never 0.</summary>
    private static long SharedKey(int x, int y, int z, int axis) =>
        ((((((long)y << 20) | (uint)x) << 20) | (uint)(z + (1 << 19))) << 2) | (uint)(axis + 1);

    private static int CornerIndex(int x, int y, int z, int corner) =>
        ((((z + (corner >> 2)) * CornerEdge) + y + ((corner >> 1) & 1)) * CornerEdge) + x + (corner & 1);
}
