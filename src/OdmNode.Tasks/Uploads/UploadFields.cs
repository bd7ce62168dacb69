namespace OdmNode.Tasks.Uploads;

/// <summary>The text fields of an upload as the client sent them; null where absent.</summary>
public sealed record UploadFields
{
    /// <summary>Fields that may be given, by their names in the protocol.</summary>
    public static readonly IReadOnlySet<string> Names =
        new HashSet<string>(StringComparer.Ordinal) { "name", "options", "skipPostProcessing", "webhook", "outputs", "dateCreated", "zipurl" };

    public string? Name { get; init; }

    public string? Options { get; init; }

    public string? SkipPostProcessing { get; init; }

    public string? Webhook { get; init; }

    public string? Outputs { get; init; }

    public string? DateCreated { get; init; }

    public string? ZipUrl { get; init; }

    /// <summary>Picks the known fields; others are ignored.</summary>
    public static UploadFields From(IReadOnlyDictionary<string, string> fields) => new()
    {
        Name = fields.GetValueOrDefault("name"),
        Options = fields.GetValueOrDefault("options"),
        SkipPostProcessing = fields.GetValueOrDefault("skipPostProcessing"),
        Webhook = fields.GetValueOrDefault("webhook"),
        Outputs = fields.GetValueOrDefault("outputs"),
        DateCreated = fields.GetValueOrDefault("dateCreated"),
        ZipUrl = fields.GetValueOrDefault("zipurl"),
    };
}
