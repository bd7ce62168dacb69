namespace OdmNode.WebOdm.Tasks;

/// <summary>What was asked for and is not done yet; the numbers are the protocol's.</summary>
public enum PendingAction
{
    Cancel = 1,
    Remove = 2,
    Restart = 3,

    /// <summary>Nobody asks for it by itself: photos are scaled before the task is sent.</summary>
    Resize = 4,
}
