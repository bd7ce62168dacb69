namespace OdmNode.WebOdm.Accounts;

/// <summary>How users may be called.</summary>
public static class UserNames
{
    /// <summary>Most characters.</summary>
    public const int MaxLength = 150;

    /// <summary>Why nobody can be called so; null for a name that can log in every way there is.</summary>
    /// <remarks>A log-in form cuts white space off, and HTTP Basic ends a name at its first colon.</remarks>
    public static string? WhyNot(string name) =>
        name.Length == 0 ? "A user needs a name."
        : name.Length > MaxLength ? $"The name of a user has no more than {MaxLength} characters."
        : name.Trim() != name ? "The name of a user does not begin or end with white space."
        : name.Any(letter => letter == ':' || char.IsControl(letter)) ? "The name of a user has no colon and no control characters."
        : null;
}
