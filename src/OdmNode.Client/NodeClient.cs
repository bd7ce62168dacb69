using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OdmNode.Client.Wire;
using OdmNode.Core.Options;

namespace OdmNode.Client;

/// <summary>One processing node that speaks the NodeODM protocol, from the caller's side.</summary>
public sealed class NodeClient : IDisposable
{
    private const string TokenPrefix = "Invalid authentication token";
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly string _query;

    /// <param name="node">The node's address, such as <c>http://127.0.0.1:3000</c>.</param>
    /// <param name="token">The node's secret; null for none.</param>
    public NodeClient(Uri node, string? token)
    {
        Node = node;
        _query = string.IsNullOrEmpty(token) ? string.Empty : "token=" + Uri.EscapeDataString(token);
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), MaxConnectionsPerServer = 32 };
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(node.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The node's address.</summary>
    public Uri Node { get; }

    /// <summary>What the node says about itself.</summary>
    /// <exception cref="NodeException">The node cannot be reached, or refuses the token.</exception>
    public Task<NodeInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        GetAsync("info", null, ClientJson.Default.NodeInfo, cancellationToken);

    /// <summary>The options that the node's engine knows.</summary>
    public async Task<OptionCatalogue> GetOptionsAsync(CancellationToken cancellationToken)
    {
        var options = await GetAsync("options", null, ClientJson.Default.NodeOptionWireArray, cancellationToken).ConfigureAwait(false);
        return new OptionCatalogue([.. options.DistinctBy(option => option.Name).Select(ToDefinition)]);
    }

    /// <summary>Opens an upload.</summary>
    /// <returns>The id of the task to be.</returns>
    public async Task<string> BeginAsync(string name, IReadOnlyList<OptionValue> options, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(name), "name" },
            { new StringContent(OptionsText(options)), "options" },
            { new StringContent("true"), "skipPostProcessing" },
        };
        return ReadUuid(await PostAsync("task/new/init", form, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Sends one file into an open upload.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="path">The file.</param>
    /// <param name="onBytes">Told the number of bytes of each piece that was sent.</param>
    /// <param name="cancellationToken">Stops the transfer.</param>
    public async Task SendFileAsync(string id, string path, Action<int> onBytes, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (file.ConfigureAwait(false))
        {
            using var part = new StreamContent(new Transfers.MeteredStream(file, onBytes), 128 * 1024);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            part.Headers.ContentLength = file.Length;
            part.Headers.TryAddWithoutValidation("Content-Disposition", Disposition(Path.GetFileName(path)));
            using var form = new MultipartFormDataContent { part };
            await PostAsync($"task/new/upload/{id}", form, cancellationToken, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        }
    }

    /// <summary>Turns an upload into a task.</summary>
    public async Task CommitAsync(string id, CancellationToken cancellationToken) =>
        await PostAsync($"task/new/commit/{id}", null, cancellationToken).ConfigureAwait(false);

    /// <summary>How a task stands.</summary>
    public Task<TaskSnapshot> GetTaskAsync(string id, CancellationToken cancellationToken) =>
        GetAsync($"task/{id}/info", null, ClientJson.Default.TaskSnapshot, cancellationToken);

    /// <summary>Console lines from number <paramref name="line"/> on.</summary>
    public async Task<IReadOnlyList<string>> GetOutputAsync(string id, int line, CancellationToken cancellationToken) =>
        await GetAsync(
            $"task/{id}/output",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line={line}"),
            ClientJson.Default.StringArray,
            cancellationToken).ConfigureAwait(false);

    /// <summary>Stops a task.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken) => ActAsync("cancel", id, null, cancellationToken);

    /// <summary>Removes a task with its files from the node.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => ActAsync("remove", id, null, cancellationToken);

    /// <summary>Processes an ended task again; null keeps its options.</summary>
    public Task RestartAsync(string id, IReadOnlyList<OptionValue>? options, CancellationToken cancellationToken) =>
        ActAsync("restart", id, options, cancellationToken);

    /// <summary>Asks for a result file, from a byte on.</summary>
    /// <returns>The answer with its body unread; the caller disposes it.</returns>
    internal async Task<HttpResponseMessage> OpenAssetAsync(
        string id, string asset, long from, string? sameAs, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address($"task/{id}/download/{asset}", null));
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            if (sameAs is not null)
            {
                request.Headers.IfRange = RangeConditionHeaderValue.Parse(sameAs);
            }
        }

        var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken, cancellationToken).ConfigureAwait(false);
        if (IsJson(response))
        {
            using (response)
            {
                Check(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
                throw NotANode("it answered the download with JSON");
            }
        }

        return response;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string OptionsText(IReadOnlyList<OptionValue> options) => JsonSerializer.Serialize(
        [.. options.Select(option => new OptionWire(option.Name, option.Value))], ClientJson.Relaxed.OptionWireArray);

    /// <summary>As browsers write it: quotes and line ends escaped by percent signs, all else raw UTF-8.</summary>
    private static string Disposition(string fileName) =>
        $"form-data; name=\"images\"; filename*=UTF-8''{Uri.EscapeDataString(fileName)}";

    private static OptionDefinition ToDefinition(NodeOptionWire option) => new(
        option.Name,
        option.Type switch
        {
            "int" => OptionType.WholeNumber,
            "float" => OptionType.Number,
            "bool" => OptionType.Flag,
            "enum" => OptionType.Choice,
            _ => OptionType.Text,
        },
        option.Value,
        option.Domain.ValueKind == JsonValueKind.Array
            ? OptionDomain.OneOf([.. option.Domain.EnumerateArray().Select(choice => choice.ToString())])
            : OptionDomain.InWords(option.Domain.ToString()),
        option.Help);

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.Contains("application/json", StringComparison.OrdinalIgnoreCase) == true;

    private static string ReadUuid(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("uuid", out var uuid) && uuid.GetString() is { Length: > 0 } id
            ? id
            : throw new NodeException(NodeErrorKind.NotANode, "The node answered the creation of a task without an id.");

    private async Task ActAsync(string action, string id, IReadOnlyList<OptionValue>? options, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string> { ["uuid"] = id };
        if (options is not null)
        {
            fields["options"] = OptionsText(options);
        }

        using var form = new FormUrlEncodedContent(fields);
        await PostAsync($"task/{action}", form, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> GetAsync<T>(string path, string? query, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(AnswerTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(path, query));
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, deadline.Token, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode || !IsJson(response))
        {
            throw NotANode($"/{path} was answered with status {(int)response.StatusCode}");
        }

        var body = await response.Content.ReadAsByteArrayAsync(deadline.Token).ConfigureAwait(false);
        Check(body);
        return JsonSerializer.Deserialize(body, type) ?? throw NotANode($"/{path} was answered with nothing");
    }

    private async Task<JsonElement> PostAsync(
        string path, HttpContent? content, CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout ?? AnswerTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path, null)) { Content = content };
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, deadline.Token, cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode >= 500)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"The node at {Node} failed with status {(int)response.StatusCode}.");
        }

        if (!response.IsSuccessStatusCode || !IsJson(response))
        {
            throw NotANode($"/{path} was answered with status {(int)response.StatusCode}");
        }

        return Check(await response.Content.ReadAsByteArrayAsync(deadline.Token).ConfigureAwait(false));
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, HttpCompletionOption completion, CancellationToken deadline, CancellationToken caller)
    {
        try
        {
            return await _http.SendAsync(request, completion, deadline).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"The node at {Node} cannot be reached: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!caller.IsCancellationRequested)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"The node at {Node} did not answer in time.", exception);
        }
    }

    /// <summary>An application error comes with status 200 and a key <c>error</c>.</summary>
    private JsonElement Check(byte[] body)
    {
        JsonElement answer;
        try
        {
            answer = JsonElement.Parse(body);
        }
        catch (JsonException exception)
        {
            throw new NodeException(NodeErrorKind.NotANode, $"{Node} answered with broken JSON.", exception);
        }

        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("error", out var error))
        {
            return answer;
        }

        var message = error.ToString();
        throw new NodeException(
            message.StartsWith(TokenPrefix, StringComparison.Ordinal) ? NodeErrorKind.WrongToken : NodeErrorKind.Refused, message)
        {
            NoRetry = answer.TryGetProperty("noRetry", out var noRetry) && noRetry.ValueKind == JsonValueKind.True,
        };
    }

    private string Address(string path, string? query)
    {
        var address = new StringBuilder(path);
        foreach (var part in new[] { query, _query }.Where(part => !string.IsNullOrEmpty(part)))
        {
            address.Append(address.Length == path.Length ? '?' : '&').Append(part);
        }

        return address.ToString();
    }

    private NodeException NotANode(string what) => new(NodeErrorKind.NotANode, $"{Node} is no processing node: {what}.");
}
