namespace OdmNode.WebOdm.Accounts;

/// <summary>The outcome of an attempt to log in.</summary>
/// <param name="User">Who it is; null when the attempt failed.</param>
/// <param name="Wait">How long to wait before the next attempt, when there were too many; null otherwise.</param>
/// <param name="IsDisabled">The password is right and the user may not log in.</param>
public readonly record struct LogIn(User? User, TimeSpan? Wait = null, bool IsDisabled = false);
