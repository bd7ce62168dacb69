namespace OdmNode.WebOdm.Accounts;

/// <summary>Why a token is not accepted.</summary>
public enum TokenRefusal
{
    /// <summary>It is too old.</summary>
    Expired,

    /// <summary>It is damaged, or another installation made it.</summary>
    Damaged,

    /// <summary>It names no user.</summary>
    NoUser,

    /// <summary>Its user is gone.</summary>
    UnknownUser,

    /// <summary>Its user may not use the server any more.</summary>
    Disabled,
}
