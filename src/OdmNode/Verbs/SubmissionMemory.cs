using System.Text.Json;

namespace OdmNode.Verbs;

/// <summary>Remembers a submission in the folder of its results, so that the same command goes on where an earlier one stopped.</summary>
internal sealed class SubmissionMemory(string folder, string key, Uri node)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = ".odmnode-submit.json";

    private readonly string _path = Path.Combine(folder, FileName);

    /// <summary>What is remembered of the same order; null when there is nothing.</summary>
    public SubmissionState? Recall() => Read() is { } state && state.Key == key ? state : null;

    /// <summary>What is remembered of another order in the same folder; null when there is nothing.</summary>
    public SubmissionState? RecallOther() => Read() is { } state && state.Key != key ? state : null;

    public void Keep(string uuid, SubmissionPhase phase)
    {
        var fresh = _path + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(
            new SubmissionState(key, node, uuid, phase), SubmissionJson.Default.SubmissionState));
        File.Move(fresh, _path, overwrite: true);
    }

    public void Forget() => File.Delete(_path);

    private SubmissionState? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_path), SubmissionJson.Default.SubmissionState);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }
}
