using OdmNode.Core.Identity;
using OdmNode.Engine.Running;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Reads the reconstruction once for all the units that need it.</summary>
internal sealed class SceneCache
{
    private readonly LruCache<Reconstruction> scenes = new(0);

    public Reconstruction Get(StageContext context)
    {
        StageOutput output = context.Of(StageNames.Reconstruct);
        return scenes.Get(output.KeyOf(ReconstructStage.UnitName).Hex, 1, () => ReconstructStage.Load(output));
    }

    /// <summary>Index of a photo in the reconstruction.</summary>
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
}
