namespace OdmNode.WebOdm.Projects;

/// <summary>What a user may do in a project and with its tasks.</summary>
[Flags]
public enum ProjectRights
{
    None = 0,

    /// <summary>See the project, its tasks and their results.</summary>
    View = 1,

    /// <summary>Known to clients; tasks are created with <see cref="Change"/>.</summary>
    Add = 2,

    /// <summary>Change the project; create, update, cancel and restart tasks.</summary>
    Change = 4,

    /// <summary>Delete the project and its tasks.</summary>
    Delete = 8,

    All = View | Add | Change | Delete,
}
