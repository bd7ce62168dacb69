namespace OdmNode.WebOdm.Projects;

/// <summary>A folder of tasks with an owner.</summary>
/// <param name="Id">Never used again.</param>
/// <param name="Owner">Number of the user who made it.</param>
/// <param name="Name">1 to 255 characters.</param>
/// <param name="Description">May be empty.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Project(long Id, long Owner, string Name, string Description, DateTimeOffset CreatedAt);
