using OdmNode.Tasks.Outbound;

namespace OdmNode.Tasks.Webhooks;

/// <summary>Addresses of webhooks. Their paths and queries may hold secrets, which must not come into a log.</summary>
internal static class WebhookTarget
{
    /// <summary>False for what is no http or https address, so also for the 3 characters or fewer that the reference leaves out.</summary>
    public static bool TryParse(string text, out Uri target) =>
        Uri.TryCreate(text, UriKind.Absolute, out target!) && OutboundHttp.IsHttp(target);

    /// <summary>The part of an address that may be told: scheme, host and port.</summary>
    public static string Show(Uri target) => target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
