using OdmNode.WebOdm.Accounts;
using OdmNode.WebOdm.Storage;

namespace OdmNode.WebOdm.Projects;

/// <summary>All projects and who may do what in them.</summary>
public sealed class ProjectStore(WebOdmDatabase database, TimeProvider time)
{
    private const string Columns = "p.id, p.owner, p.name, p.description, p.created_at";

    /// <summary>The projects that a user may see, in the order of their creation.</summary>
    public IReadOnlyList<Project> List(User user) => [.. Read("WHERE p.is_deleted = 0").Where(project => Rights(project, user).HasFlag(ProjectRights.View))];

    /// <summary>The project, when the user has the right; null when there is none, or none for this user.</summary>
    public Project? Find(long id, User user, ProjectRights right) =>
        Read("WHERE p.is_deleted = 0 AND p.id = $id", ("$id", id)) is [var project] && Rights(project, user).HasFlag(right) ? project : null;

    /// <summary>What a user may do in a project: the owner and administrators everything, others what they were given.</summary>
    public ProjectRights Rights(Project project, User user) => project.Owner == user.Id || user.IsAdministrator
        ? ProjectRights.All
        : database.Query(
            "SELECT rights FROM webodm_rights WHERE project = $project AND user = $user",
            reader => (ProjectRights)reader.GetInt32(0),
            ("$project", project.Id), ("$user", user.Id)) is [var rights] ? rights : ProjectRights.None;

    /// <summary>Makes a project.</summary>
    public Project Add(User owner, string name, string description)
    {
        var now = time.GetUtcNow();
        var id = database.Insert(
            "INSERT INTO webodm_projects (owner, name, description, created_at, is_deleted) VALUES ($owner, $name, $description, $created, 0)",
            ("$owner", owner.Id), ("$name", name), ("$description", description), ("$created", now.UtcTicks));
        return new Project(id, owner.Id, name, description, now);
    }

    /// <summary>Gives a project another name and description.</summary>
    public void Save(Project project) => database.Execute(
        "UPDATE webodm_projects SET name = $name, description = $description WHERE id = $id",
        ("$name", project.Name), ("$description", project.Description), ("$id", project.Id));

    /// <summary>Who was given rights in a project, by name; the owner and administrators need none.</summary>
    public IReadOnlyList<(string User, ProjectRights Rights)> ListGrants(long project) => database.Query(
        "SELECT u.name, r.rights FROM webodm_rights r JOIN webodm_users u ON u.id = r.user WHERE r.project = $project ORDER BY u.name",
        reader => (reader.GetString(0), (ProjectRights)reader.GetInt32(1)),
        ("$project", project));

    /// <summary>Gives a user rights in a project, or takes them away.</summary>
    public void Grant(long project, long user, ProjectRights rights)
    {
        if (rights == ProjectRights.None)
        {
            database.Execute("DELETE FROM webodm_rights WHERE project = $project AND user = $user", ("$project", project), ("$user", user));
            return;
        }

        database.Execute(
            "INSERT OR REPLACE INTO webodm_rights (project, user, rights) VALUES ($project, $user, $rights)",
            ("$project", project), ("$user", user), ("$rights", (int)rights));
    }

    /// <summary>Gives these users these rights in a project, and nobody else any.</summary>
    /// <param name="project">The project.</param>
    /// <param name="rights">By number of the user.</param>
    public void Share(long project, IReadOnlyDictionary<long, ProjectRights> rights)
    {
        var before = database.Query("SELECT user FROM webodm_rights WHERE project = $project", reader => reader.GetInt64(0), ("$project", project));
        foreach (var user in before.Where(user => !rights.ContainsKey(user)))
        {
            Grant(project, user, ProjectRights.None);
        }

        foreach (var (user, given) in rights)
        {
            Grant(project, user, given);
        }
    }

    /// <summary>True while the project is neither hidden nor erased.</summary>
    public bool Exists(long id) =>
        database.Query("SELECT 1 FROM webodm_projects WHERE is_deleted = 0 AND id = $id", reader => reader.GetInt64(0), ("$id", id)).Count > 0;

    /// <summary>Numbers of the hidden projects.</summary>
    public IReadOnlyList<long> ListHidden() =>
        database.Query("SELECT id FROM webodm_projects WHERE is_deleted = 1 ORDER BY id", reader => reader.GetInt64(0));

    /// <summary>Hides a project from everybody; it is erased when its tasks are gone.</summary>
    public void Hide(long id) => database.Execute("UPDATE webodm_projects SET is_deleted = 1 WHERE id = $id", ("$id", id));

    /// <summary>Erases hidden projects that have no tasks any more, and the rights in them.</summary>
    internal void EraseHidden()
    {
        database.Execute("""
            DELETE FROM webodm_projects WHERE is_deleted = 1 AND NOT EXISTS (SELECT 1 FROM webodm_tasks t WHERE t.project = webodm_projects.id)
            """);
        database.Execute("DELETE FROM webodm_rights WHERE NOT EXISTS (SELECT 1 FROM webodm_projects p WHERE p.id = webodm_rights.project)");
    }

    private IReadOnlyList<Project> Read(string condition, params (string, object?)[] parameters) => database.Query(
        $"SELECT {Columns} FROM webodm_projects p {condition} ORDER BY p.id",
        reader => new Project(
            reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), new DateTimeOffset(reader.GetInt64(4), TimeSpan.Zero)),
        parameters);
}
