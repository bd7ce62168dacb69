using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Binding;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Mapping;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.Core.Options;
using OdmNode.WebOdm.Accounts;
using OdmNode.WebOdm.Projects;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Who may do what in a project.</summary>
internal static class ProjectSharingEndpoints
{
    private const string Members = "permissions";
    private static readonly HashSet<string> Names = [.. ProjectFields.Names, Members];

    /// <summary>The owner first, then everybody who was given rights.</summary>
    public static IResult List(string project, Caller caller, WebOdmLookup lookup, ProjectStore projects, UserAccounts accounts)
    {
        var found = lookup.Project(caller, project, ProjectRights.View);
        if (!projects.Rights(found, caller.User).HasFlag(ProjectRights.Change))
        {
            return WebOdmAnswers.Forbidden();
        }

        var owner = accounts.Find(found.Owner) is { } user
            ? (ProjectMemberWire[])[new ProjectMemberWire(user.Name, true, ProjectMapping.NamesOf(ProjectRights.All))]
            : [];
        return new JsonAnswer<ProjectMemberWire[]>(
            [.. owner, .. projects.ListGrants(found.Id).Select(grant => new ProjectMemberWire(grant.User, false, ProjectMapping.NamesOf(grant.Rights)))],
            WebOdmJson.Wire.ProjectMemberWireArray);
    }

    /// <summary>Changes name and description as PATCH does, and who has rights: whoever is not in the list has none on return. That is up to the owner.</summary>
    public static async Task<IResult> EditAsync(
        string project, HttpRequest request, Caller caller, WebOdmLookup lookup, ProjectStore projects, UserAccounts accounts, CancellationToken cancellationToken)
    {
        var found = lookup.Project(caller, project, ProjectRights.View);
        if (!projects.Rights(found, caller.User).HasFlag(ProjectRights.Change))
        {
            return WebOdmAnswers.Forbidden();
        }

        var body = await BodyFields.ReadAsync(request, Names, cancellationToken).ConfigureAwait(false);
        var reader = new FieldReader(body);
        var fields = ProjectFields.Read(reader, needsName: false);
        var members = ReadMembers(reader, accounts);
        reader.ThrowIfInvalid();
        if (members is not null && !ProjectMapping.IsOwned(found, caller))
        {
            return WebOdmAnswers.Forbidden();
        }

        projects.Save(fields.Apply(found));
        if (members is not null)
        {
            members.Remove(found.Owner);
            projects.Share(found.Id, members);
        }

        return WebOdmAnswers.Success();
    }

    /// <returns>Rights by number of the user; null when the request says nothing about them, or something wrong.</returns>
    private static Dictionary<long, ProjectRights>? ReadMembers(FieldReader reader, UserAccounts accounts)
    {
        if (!reader.Has(Members) || ReadList(reader.Given(Members)) is not { } list)
        {
            if (reader.Has(Members))
            {
                reader.Refuse(Members, WebOdmTexts.BadMembers);
            }

            return null;
        }

        var members = new Dictionary<long, ProjectRights>();
        foreach (var entry in list)
        {
            if (ReadMember(entry) is not { } member)
            {
                reader.Refuse(Members, WebOdmTexts.BadMembers);
            }
            else if (accounts.Find(member.User) is not { } user)
            {
                reader.Refuse(Members, WebOdmTexts.NoSuchUser(member.User));
            }
            else
            {
                members[user.Id] = member.Rights;
            }
        }

        return members;
    }

    /// <summary>A list as JSON, or as JSON text.</summary>
    private static JsonElement[]? ReadList(JsonElement? given)
    {
        try
        {
            var list = given is { ValueKind: JsonValueKind.String } text ? ForeignJson.Parse(text.GetString()!) : given ?? default;
            return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string User, ProjectRights Rights)? ReadMember(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("username", out var user) || user.ValueKind != JsonValueKind.String
            || !entry.TryGetProperty("permissions", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var rights = ProjectRights.None;
        foreach (var name in list.EnumerateArray())
        {
            if (ProjectMapping.RightOf(name.ValueKind == JsonValueKind.String ? name.GetString() : null) is not { } right)
            {
                return null;
            }

            // Whoever may change a project can see it.
            rights |= right | ProjectRights.View;
        }

        return (user.GetString()!, rights);
    }
}
