using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm.Bundle;

/// <summary>Adds up residuals by the cells of a picture.</summary>
internal sealed class ResidualSums
{
    private readonly Camera camera;
    private readonly int columns;
    private readonly int rows;
    private readonly int[] counts;
    private readonly Vector2D[] vectors;
    private readonly double[] squares;

    public ResidualSums(Camera camera, int cellsAlongLongestSide)
    {
        this.camera = camera;
        columns = CellsOf(camera.Width, camera.LongestSide, cellsAlongLongestSide);
        rows = CellsOf(camera.Height, camera.LongestSide, cellsAlongLongestSide);
        counts = new int[columns * rows];
        vectors = new Vector2D[counts.Length];
        squares = new double[counts.Length];
    }

    public void Add(Vector2D pixel, Vector2D residual)
    {
        // A keypoint lies in the picture; the clamp holds the one on its very edge.
        int column = Math.Clamp((int)(columns * pixel.X / camera.Width), 0, columns - 1);
        int row = Math.Clamp((int)(rows * pixel.Y / camera.Height), 0, rows - 1);
        int cell = (row * columns) + column;
        counts[cell]++;
        vectors[cell] += residual;
        squares[cell] += residual.LengthSquared;
    }

    public ResidualGrid ToGrid(string cameraId) => new()
    {
        CameraId = cameraId,
        Columns = columns,
        Rows = rows,
        Counts = counts,
        MeanVectors = [.. vectors.Select((sum, cell) => (1.0 / Math.Max(1, counts[cell])) * sum)],
        RootMeanSquares = [.. squares.Select((sum, cell) => Math.Sqrt(sum / Math.Max(1, counts[cell])))],
    };

    private static int CellsOf(int side, int longest, int cells) => Math.Max(1, (int)Math.Round((double)cells * side / longest));
}
