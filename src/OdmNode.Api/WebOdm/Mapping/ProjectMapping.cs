using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Mapping;

/// <summary>Projects, their order and their pages.</summary>
internal static class ProjectMapping
{
    private const int PageSize = 10;

    private static readonly (ProjectRights Right, string Name)[] RightNames =
    [
        (ProjectRights.Add, "add"), (ProjectRights.Change, "change"), (ProjectRights.Delete, "delete"), (ProjectRights.View, "view"),
    ];

    private static readonly Dictionary<string, Func<Project, IComparable?>> Fields = new(StringComparer.Ordinal)
    {
        ["id"] = project => project.Id,
        ["name"] = project => project.Name,
        ["description"] = project => project.Description,
        ["created_at"] = project => project.CreatedAt,
    };

    public static ProjectWire ToWire(Project project, Caller caller, ProjectStore projects, WebTasks tasks)
    {
        var rights = projects.Rights(project, caller.User);
        return new ProjectWire(
            project.Id,
            [.. tasks.List(project.Id).Select(task => task.Id)],
            WebDates.ToWire(project.CreatedAt),
            project.Name,
            project.Description,
            NamesOf(rights),
            IsOwned(project, caller));
    }

    /// <summary>True for the owner, and for administrators, who are as good as owners.</summary>
    public static bool IsOwned(Project project, Caller caller) => project.Owner == caller.User.Id || caller.User.IsAdministrator;

    /// <summary>What clients call rights.</summary>
    public static IReadOnlyList<string> NamesOf(ProjectRights rights) =>
        [.. RightNames.Where(right => rights.HasFlag(right.Right)).Select(right => right.Name)];

    /// <summary>The right of that name; null when there is none.</summary>
    public static ProjectRights? RightOf(string? name) => RightNames.Where(right => right.Name == name).Select(right => (ProjectRights?)right.Right).FirstOrDefault();

    /// <summary>The projects that the query asks for, newest first unless it says otherwise.</summary>
    public static IReadOnlyList<Project> Select(IReadOnlyList<Project> projects, IQueryCollection query)
    {
        bool Matches(string name, string value) => !query.ContainsKey(name) || query[name].ToString() == value || query[name].ToString().Length == 0;

        var selected = projects.Where(project =>
            Matches("id", project.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))
            && Matches("name", project.Name)
            && Matches("description", project.Description)
            && Matches("created_at", WebDates.ToWire(project.CreatedAt)));
        return Ordering.By([.. selected.OrderByDescending(project => project.Id)], query["ordering"], Fields);
    }

    /// <summary>One page, and the addresses of its neighbours.</summary>
    /// <exception cref="WebOdmRefusalException">There is no such page.</exception>
    public static ProjectPageWire Page(IReadOnlyList<Project> projects, HttpRequest request, Func<Project, ProjectWire> toWire)
    {
        var text = request.Query["page"].ToString();
        var pages = Math.Max(1, (projects.Count + PageSize - 1) / PageSize);
        var page = text.Length == 0 ? 1 : text == "last" ? pages : WebOdmLookup.Number(text) ?? 0;
        if (page < 1 || page > pages)
        {
            throw WebOdmRefusalException.Detail(StatusCodes.Status404NotFound, WebOdmTexts.InvalidPage);
        }

        return new ProjectPageWire(
            projects.Count,
            page < pages ? Link(request, page + 1) : null,
            page > 1 ? Link(request, page - 1) : null,
            [.. projects.Skip((int)(page - 1) * PageSize).Take(PageSize).Select(toWire)]);
    }

    /// <summary>The same address with another page; the first one needs no number.</summary>
    private static string Link(HttpRequest request, long page)
    {
        var query = new QueryBuilder(request.Query.Where(parameter => parameter.Key != "page"));
        if (page > 1)
        {
            query.Add("page", page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path, query.ToQueryString());
    }
}
