using OdmNode.Scene.Model;

namespace OdmNode.Dense.Texturing;

/// <summary>Offsets of colour, one for each vertex and photo around it, that make photos meet without a step.</summary>
/// <remarks>
/// V. Lempitsky, D. Ivanov, Seamless mosaicing of image-based texture maps, CVPR 2007: least squares over the steps at the
/// seams and the smoothness of the offsets inside the charts, solved by conjugate gradients. The step at a seam is measured
/// on the faces around the vertex that both photos see, so that an edge of the ground's own colour is no step.
/// </remarks>
internal sealed class SeamLeveller
{
    private const float Smoothness = 0.1f;
    private const float Anchor = 1e-4f;
    private const int MostIterations = 200;
    private const double Accuracy = 1e-4;
    private readonly List<(int A, int B, float Weight)> links = [];
    private readonly float[] diagonal;

    private SeamLeveller(int[] nodeOfCorner, int nodes)
    {
        NodeOfCorner = nodeOfCorner;
        Offsets = new float[3 * nodes];
        diagonal = new float[nodes];
    }

    /// <summary>For each corner of each face its node, -1 for faces without a photo.</summary>
    public int[] NodeOfCorner { get; }

    /// <summary>Red, green and blue to add at each node.</summary>
    public float[] Offsets { get; }

    public static SeamLeveller Solve(TriangleMesh mesh, int[] labels, Candidates candidates, bool level, CancellationToken cancellationToken)
    {
        (int[] order, int[] nodeOfCorner, int nodes) = Nodes(mesh, labels);
        var leveller = new SeamLeveller(nodeOfCorner, nodes);
        if (!level)
        {
            return leveller;
        }

        var target = new float[3 * nodes];
        leveller.AddSeams(mesh, labels, candidates, order, target);
        leveller.AddSmoothness(mesh.TriangleCount);
        foreach ((int a, int b, float weight) in leveller.links)
        {
            leveller.diagonal[a] += weight;
            leveller.diagonal[b] += weight;
        }

        for (int channel = 0; channel < 3; channel++)
        {
            leveller.Descend(target, channel, cancellationToken);
        }

        return leveller;
    }

    /// <summary>Sorts the corners by vertex and label; each pair is a node.</summary>
    private static (int[] Order, int[] NodeOfCorner, int Nodes) Nodes(TriangleMesh mesh, int[] labels)
    {
        int[] corners = mesh.Triangles;
        var keys = new ulong[corners.Length];
        var order = new int[corners.Length];
        for (int i = 0; i < corners.Length; i++)
        {
            keys[i] = ((ulong)(uint)corners[i] << 32) | (uint)(labels[i / 3] + 1);
            order[i] = i;
        }

        Array.Sort(keys, order);
        var nodeOfCorner = new int[corners.Length];
        int node = -1;
        for (int i = 0; i < order.Length; i++)
        {
            if (labels[order[i] / 3] < 0)
            {
                nodeOfCorner[order[i]] = -1;
                continue;
            }

            node += i == 0 || keys[i] != keys[i - 1] ? 1 : 0;
            nodeOfCorner[order[i]] = node;
        }

        return (order, nodeOfCorner, node + 1);
    }

    private void AddSeams(TriangleMesh mesh, int[] labels, Candidates candidates, int[] order, float[] target)
    {
        var nodes = new List<(int Node, int Label)>();
        for (int first = 0; first < order.Length;)
        {
            int vertex = mesh.Triangles[order[first]];
            int end = first;
            nodes.Clear();
            for (; end < order.Length && mesh.Triangles[order[end]] == vertex; end++)
            {
                int node = NodeOfCorner[order[end]];
                if (node >= 0 && (nodes.Count == 0 || nodes[^1].Node != node))
                {
                    nodes.Add((node, labels[order[end] / 3]));
                }
            }

            for (int i = 0; i < nodes.Count; i++)
            {
                for (int j = i + 1; j < nodes.Count; j++)
                {
                    AddSeam(nodes[i], nodes[j], candidates, order.AsSpan(first, end - first), target);
                }
            }

            first = end;
        }
    }

    private void AddSeam(
        (int Node, int Label) a, (int Node, int Label) b, Candidates candidates, ReadOnlySpan<int> corners, float[] target)
    {
        Span<float> step = stackalloc float[3];
        int count = 0;
        foreach (int corner in corners)
        {
            int inA = candidates.Find(corner / 3, a.Label);
            int inB = candidates.Find(corner / 3, b.Label);
            if (inA >= 0 && inB >= 0)
            {
                count++;
                for (int c = 0; c < 3; c++)
                {
                    step[c] += candidates.Scores[inB].Channel(c) - candidates.Scores[inA].Channel(c);
                }
            }
        }

        if (count == 0)
        {
            return;
        }

        links.Add((a.Node, b.Node, 1));
        for (int c = 0; c < 3; c++)
        {
            target[(3 * a.Node) + c] += step[c] / count;
            target[(3 * b.Node) + c] -= step[c] / count;
        }
    }

    private void AddSmoothness(int faces)
    {
        for (int face = 0; face < faces; face++)
        {
            (int a, int b, int c) = (NodeOfCorner[3 * face], NodeOfCorner[(3 * face) + 1], NodeOfCorner[(3 * face) + 2]);
            if (a >= 0)
            {
                links.Add((a, b, Smoothness));
                links.Add((b, c, Smoothness));
                links.Add((c, a, Smoothness));
            }
        }
    }

    private void Descend(float[] target, int channel, CancellationToken cancellationToken)
    {
        int count = diagonal.Length;
        var x = new float[count];
        var residual = new float[count];
        var direction = new float[count];
        var product = new float[count];
        double energy = 0;
        for (int i = 0; i < count; i++)
        {
            residual[i] = target[(3 * i) + channel];
            direction[i] = residual[i] / (diagonal[i] + Anchor);
            energy += (double)residual[i] * direction[i];
        }

        double enough = Accuracy * Accuracy * energy;
        for (int iteration = 0; iteration < MostIterations && energy > enough; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Multiply(direction, product);
            double curvature = 0;
            for (int i = 0; i < count; i++)
            {
                curvature += (double)direction[i] * product[i];
            }

            float length = (float)(energy / curvature);
            double next = 0;
            for (int i = 0; i < count; i++)
            {
                x[i] += length * direction[i];
                residual[i] -= length * product[i];
                next += (double)residual[i] * residual[i] / (diagonal[i] + Anchor);
            }

            float turn = (float)(next / energy);
            energy = next;
            for (int i = 0; i < count; i++)
            {
                direction[i] = (residual[i] / (diagonal[i] + Anchor)) + (turn * direction[i]);
            }
        }

        for (int i = 0; i < count; i++)
        {
            Offsets[(3 * i) + channel] = x[i];
        }
    }

    private void Multiply(float[] vector, float[] product)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            product[i] = (diagonal[i] + Anchor) * vector[i];
        }

        foreach ((int a, int b, float weight) in links)
        {
            product[a] -= weight * vector[b];
            product[b] -= weight * vector[a];
        }
    }
}
