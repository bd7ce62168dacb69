using System.Text.Json;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Storage;

/// <summary>Tasks as rows: number and project as columns, the rest as one JSON text, so that a new property needs no new column.</summary>
internal sealed class WebTaskRows(WebOdmDatabase database)
{
    /// <summary>The highest number ever given, those of erased tasks included.</summary>
    public long LastId => database.Query("SELECT seq FROM sqlite_sequence WHERE name = 'webodm_tasks'", reader => reader.GetInt64(0)) is [var last] ? last : 0;

    public IReadOnlyList<WebTask> Load() => database.Query(
        "SELECT record FROM webodm_tasks ORDER BY id",
        reader => JsonSerializer.Deserialize(reader.GetString(0), WebOdmStorageJson.Default.WebTask)!);

    public void Save(WebTask task) => database.Execute(
        "INSERT INTO webodm_tasks (id, project, record) VALUES ($id, $project, $record) "
        + "ON CONFLICT (id) DO UPDATE SET project = excluded.project, record = excluded.record",
        ("$id", task.Id), ("$project", task.Project), ("$record", JsonSerializer.Serialize(task, WebOdmStorageJson.Default.WebTask)));

    public void Delete(long id) => database.Execute("DELETE FROM webodm_tasks WHERE id = $id", ("$id", id));
}
