using System.Text.Json;

namespace OdmNode.Accuracy;

/// <summary>Makes the folders that runs are measured in.</summary>
internal static class ProjectFolder
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>A new project with copies of the photos of a folder; an old one of the name is deleted, checkpoints included.</summary>
    public static void Prepare(string project, string images)
    {
        Clear(project);
        string target = Path.Combine(project, "images");
        Directory.CreateDirectory(target);
        foreach (string photo in Directory.EnumerateFiles(images))
        {
            File.Copy(photo, Path.Combine(target, Path.GetFileName(photo)));
        }
    }

    public static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
    }
}
