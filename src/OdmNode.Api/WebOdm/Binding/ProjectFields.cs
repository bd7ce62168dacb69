using OdmNode.WebOdm.Projects;

namespace OdmNode.Api.WebOdm.Binding;

/// <summary>The fields of a project that a client may set; null where it says nothing.</summary>
internal sealed record ProjectFields(string? Name, string? Description)
{
    private const int MaxName = 255;

    /// <summary>Their names in the protocol.</summary>
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal) { "name", "description" };

    /// <summary>Reads both; what is wrong is collected by the reader.</summary>
    public static ProjectFields Read(FieldReader reader, bool needsName) =>
        new(reader.Text("name", needsName, mayBeBlank: false, MaxName), reader.Text("description"));

    /// <summary>The project with these fields.</summary>
    public Project Apply(Project project) => project with { Name = Name ?? project.Name, Description = Description ?? project.Description };
}
