using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OdmNode.WebOdm.Accounts;

/// <summary>JSON Web Tokens (RFC 7519) signed with HS256: who the bearer is, and until when.</summary>
internal sealed class Tokens
{
    private const string UserId = "user_id";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _signing;
    private readonly TokenValidationParameters _rules;
    private readonly TimeSpan _life;
    private readonly TimeProvider _time;

    /// <param name="key">The installation's key, 32 bytes.</param>
    /// <param name="life">How long a token is good for.</param>
    /// <param name="time">The clock.</param>
    public Tokens(byte[] key, TimeSpan life, TimeProvider time)
    {
        (_life, _time) = (life, time);
        var security = new SymmetricSecurityKey(key);
        _signing = new SigningCredentials(security, SecurityAlgorithms.HmacSha256);
        _rules = new TokenValidationParameters
        {
            IssuerSigningKey = security,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,
            ValidateAudience = false,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) =>
                expires > _time.GetUtcNow().UtcDateTime ? true : throw new SecurityTokenExpiredException(),
        };
    }

    /// <summary>Makes a token for a user.</summary>
    public string Issue(User user) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        // A random id: two log-ins within a second give two tokens.
        Claims = new Dictionary<string, object>
        {
            [UserId] = user.Id, ["username"] = user.Name, ["email"] = string.Empty, ["jti"] = RandomNumberGenerator.GetHexString(16, lowercase: true),
        },
        Expires = (_time.GetUtcNow() + _life).UtcDateTime,
        SigningCredentials = _signing,
    });

    /// <summary>Reads a token.</summary>
    /// <returns>The number of its user, or why it is not accepted.</returns>
    public async Task<(long User, TokenRefusal? Refusal)> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _rules).ConfigureAwait(false);
        return result switch
        {
            { IsValid: false, Exception: SecurityTokenExpiredException } => (0, TokenRefusal.Expired),
            { IsValid: false } => (0, TokenRefusal.Damaged),
            _ => result.Claims.TryGetValue(UserId, out var value)
                && long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var user)
                    ? (user, null)
                    : (0, TokenRefusal.NoUser),
        };
    }
}
