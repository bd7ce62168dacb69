namespace OdmNode.Api.NodeOdm;

/// <summary>Every text of the protocol that clients may compare, verbatim.</summary>
internal static class NodeOdmTexts
{
    public const string ApiVersion = OdmNode.Tasks.Queue.NodeSettings.ProtocolVersion;
    public const string WrongToken = "Invalid authentication token: token does not match.";
    public const string WrongAddress = "Invalid authentication IP: IP is not one of authorized IPs.";
    public const string NoLogin = "Authentication not available on this node";
    public const string NotAvailable = "Not available";
    public const string InvalidUuid = "Invalid uuid (not found)";
    public const string NeedFile = "Need at least 1 file.";
    public const string NeedFileOrUrl = "Need at least 1 file or a zip file url.";
    public const string UnexpectedField = "Unexpected field";
    public const string NoBoundary = "Multipart: Boundary not found";
    public const string UnexpectedEnd = "Unexpected end of multipart data";
    public const string MalformedPart = "Malformed part header";
    public const string FieldTooLong = "Field value too long";
    public const string UuidMissing = "uuid param missing.";
    public const string NotRestartable = "Task cannot be restarted";
    public const string InvalidAsset = "Invalid asset";
    public const string AssetNotReady = "Asset not ready";
    public const string BodyBroken = "request aborted";
    public const string EntityTooLarge = "request entity too large";
    public const string Stopping = "The node is stopping. Try again in a moment.";

    public static string NotFound(string? id) => $"{id} not found";

    public static string InvalidSetUuid(string value) => $"Invalid set-uuid: {value}";

    public static string TooManyImages(int count, int limit) =>
        $"{count} images uploaded, but this node can only process up to {limit}.";
}
