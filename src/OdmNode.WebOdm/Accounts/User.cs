namespace OdmNode.WebOdm.Accounts;

/// <summary>Somebody who may log in.</summary>
/// <param name="Id">Never used again.</param>
/// <param name="Name">Unique; case matters.</param>
/// <param name="IsAdministrator">May change processing nodes and do everything in every project.</param>
/// <param name="IsDisabled">May not log in, and no token of theirs is accepted.</param>
public sealed record User(long Id, string Name, bool IsAdministrator, bool IsDisabled);
