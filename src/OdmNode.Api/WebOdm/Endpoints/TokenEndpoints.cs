using System.Globalization;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Binding;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.WebOdm.Accounts;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Log-in, and where the collections are.</summary>
internal static class TokenEndpoints
{
    private const string Errors = "non_field_errors";
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "username", "password" };

    public static async Task<IResult> LogInAsync(HttpContext context, UserAccounts accounts, CancellationToken cancellationToken)
    {
        var reader = new FieldReader(await BodyFields.ReadAsync(context.Request, Names, cancellationToken).ConfigureAwait(false));
        var name = reader.Text("username", isRequired: true, mayBeBlank: false);
        var password = reader.Text("password", isRequired: true, mayBeBlank: false, trim: false);
        reader.ThrowIfInvalid();
        var attempt = accounts.Check(name!, password!, CallerReader.AddressOf(context));
        if (attempt.User is { } user)
        {
            context.Response.Headers.CacheControl = "no-store";
            return new JsonAnswer<TokenWire>(new TokenWire(accounts.IssueToken(user)), WebOdmJson.Wire.TokenWire);
        }

        if (attempt.Wait is { } wait)
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return WebOdmAnswers.Fields(new() { [Errors] = [WebOdmTexts.TooManyLogIns(seconds)] }, StatusCodes.Status429TooManyRequests);
        }

        throw WebOdmRefusalException.Field(Errors, attempt.IsDisabled ? WebOdmTexts.Disabled : WebOdmTexts.CannotLogIn);
    }

    public static IResult Index(HttpRequest request)
    {
        string Address(string collection) => $"{request.Scheme}://{request.Host}/api/{collection}/";
        return new JsonAnswer<IndexWire>(new IndexWire(Address("projects"), Address("processingnodes")), WebOdmJson.Wire.IndexWire);
    }
}
