using OdmNode.Core.Identity;
using OdmNode.Dense.Panoramas;
using OdmNode.Engine.Running;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Reads the reconstruction once for all the units that need it.</summary>
internal sealed class SceneCache
{
    private readonly LruCache<Scenes> scenes = new(0);

    /// <summary>The reconstruction with perspective views in the place of panoramas, as every stage after it works on it.</summary>
    public Reconstruction Get(StageContext context) => Load(context).Views;

    /// <summary>The reconstruction of the photos as they are.</summary>
    public Reconstruction GetPlaced(StageContext context) => Load(context).Placed;

    /// <summary>Index of a view in <see cref="Get"/>.</summary>
    public int IndexOf(StageContext context, string imageName)
    {
        IReadOnlyList<Shot> shots = Get(context).Shots;
        for (int i = 0; i < shots.Count; i++)
        {
            if (shots[i].ImageName == imageName)
            {
                return i;
            }
        }

        throw new ArgumentException($"{imageName} was not placed.", nameof(imageName));
    }

    private Scenes Load(StageContext context)
    {
        StageOutput output = context.Of(StageNames.Reconstruct);
        return scenes.Get(output.KeyOf(ReconstructStage.UnitName).Hex, 1, () =>
        {
            Reconstruction placed = ReconstructStage.Load(output);
            return new Scenes(placed, PanoramaViews.Split(placed));
        });
    }

    private sealed record Scenes(Reconstruction Placed, Reconstruction Views);
}
