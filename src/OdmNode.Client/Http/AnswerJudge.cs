using System.Net;
using System.Text.Json;

namespace OdmNode.Client.Http;

/// <summary>Tells from an answer whether, and why, a node did not do what it was asked.</summary>
internal sealed class AnswerJudge(Uri node)
{
    private const string WrongToken = "Invalid authentication token";
    private const string WrongAddress = "Invalid authentication IP";
    private const string NotFound = " not found";
    private const string UploadNotFound = "Invalid uuid (not found)";

    public static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.Contains("application/json", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads the body of an answer that came as JSON. An application error comes with status 200 and a key <c>error</c>.</summary>
    /// <exception cref="NodeException">The body is broken, holds an error, or its status says that something failed.</exception>
    public JsonElement Read(byte[] body, string path, HttpStatusCode status)
    {
        JsonElement answer;
        try
        {
            answer = JsonElement.Parse(body);
        }
        catch (JsonException exception)
        {
            throw OfStatus(path, status) ?? NotANode($"/{path} was answered with broken JSON", exception);
        }

        if (ErrorOf(answer) is { } message)
        {
            throw Error(message, answer, status);
        }

        return OfStatus(path, status) is { } failure ? throw failure : answer;
    }

    /// <summary>What an answer other than JSON means.</summary>
    public NodeException OfForeign(HttpResponseMessage response, string path) =>
        OfStatus(path, response.StatusCode, response.Headers.Location) ?? NotANode($"/{path} was not answered with JSON");

    public NodeException NotANode(string what, Exception? cause = null) =>
        new(NodeErrorKind.NotANode, $"{node} is no processing node: {what}.", cause);

    private static string? ErrorOf(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error)
        && error.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)
            ? error.ToString()
            : null;

    private static NodeException Error(string message, JsonElement answer, HttpStatusCode status)
    {
        var kind =
            message.StartsWith(WrongToken, StringComparison.Ordinal) ? NodeErrorKind.WrongToken
            : message.StartsWith(WrongAddress, StringComparison.Ordinal) ? NodeErrorKind.Forbidden
            : message == UploadNotFound || message.EndsWith(NotFound, StringComparison.Ordinal) ? NodeErrorKind.NotFound
            : KindOf(status) is { } other and not NodeErrorKind.NotANode ? other
            : NodeErrorKind.Refused;
        return new NodeException(kind, message)
        {
            NoRetry = answer.TryGetProperty("noRetry", out var noRetry) && noRetry.ValueKind == JsonValueKind.True,
            StatusCode = status == HttpStatusCode.OK ? null : status,
        };
    }

    private static NodeErrorKind? KindOf(HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => null,
        HttpStatusCode.Unauthorized => NodeErrorKind.WrongToken,
        HttpStatusCode.Forbidden => NodeErrorKind.Forbidden,
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => NodeErrorKind.NotANode,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => NodeErrorKind.ServerError,
        >= HttpStatusCode.BadRequest => NodeErrorKind.Refused,
        _ => NodeErrorKind.NotANode,
    };

    private NodeException? OfStatus(string path, HttpStatusCode status, Uri? location = null)
    {
        if (KindOf(status) is not { } kind)
        {
            return null;
        }

        var number = (int)status;
        var message = kind switch
        {
            NodeErrorKind.WrongToken => $"{node} refuses the token (status {number}).",
            NodeErrorKind.Forbidden => $"{node} does not serve this caller (status {number}).",
            NodeErrorKind.ServerError => $"The node at {node} failed with status {number} on /{path}.",
            NodeErrorKind.Refused => $"{node} refused /{path} with status {number} ({status}).",
            _ when location is not null => $"{node} redirects /{path} to {Readable(location)}; give that address instead.",
            _ => $"{node} is no processing node: /{path} was answered with status {number}.",
        };
        return new NodeException(kind, message) { StatusCode = status, NoRetry = kind == NodeErrorKind.Refused };
    }

    /// <summary>Without the query, which holds the token.</summary>
    private static string Readable(Uri location) => location.OriginalString.Split('?')[0];
}
