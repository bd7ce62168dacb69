using System.Reflection;
using Microsoft.AspNetCore.Http;
using OdmNode.WebOdm.Accounts;

namespace OdmNode.Api.WebOdm.Door;

/// <summary>Who sends a request.</summary>
/// <param name="User">The user.</param>
/// <param name="QueryToken">The token, when it came as <c>?jwt=</c> and addresses in the answer should carry it on; null otherwise.</param>
internal sealed record Caller(User User, string? QueryToken)
{
    /// <summary>Somebody without credentials, who may see public tasks and nothing else. No user has that number.</summary>
    public static Caller Nobody { get; } = new(new User(0, string.Empty, IsAdministrator: false, IsDisabled: false), QueryToken: null);

    /// <summary>Hands an endpoint what <see cref="CallerCheck"/> found before.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(context.Features.Get<Caller>());
}
