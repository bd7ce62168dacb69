using System.Text;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;
using OdmNode.WebOdm.Accounts;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class LogInTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
{
    private readonly NodeProcess _node = shared.Node;
    private WebOdmClient _nobody = null!;
    private string _token = null!;

    public async Task InitializeAsync()
    {
        _nobody = WebOdmClient.Anonymous(_node);
        using var client = await WebOdmClient.LogInAsync(_node);
        _token = client.Token;
    }

    public Task DisposeAsync()
    {
        _nobody.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task W13_Every_type_of_body_logs_in()
    {
        var multipart = WebOdmClient.Files([], ("username", "admin"), ("password", "admin"));
        HttpContent[] bodies =
        [
            WebOdmClient.Form(("username", "admin"), ("password", "admin")), multipart, WebOdmClient.Json("""{"username":"admin","password":"admin"}"""),
        ];
        foreach (var body in bodies)
        {
            var answer = await _nobody.PostAsync("token-auth/", body);
            Assert.Equal(200, answer.Status);
            Assert.Equal(JsonValueKind.String, answer.Json.GetProperty("token").ValueKind);
        }
    }

    [Theory]
    [InlineData("admin", "wrong")]
    [InlineData("nobody", "admin")]
    [InlineData("Admin", "admin")]
    public async Task W14_A_wrong_name_or_password_is_400(string user, string password) => Assert.Equal(
        (400, """{"non_field_errors":["Unable to log in with provided credentials."]}"""),
        (await _nobody.PostAsync("token-auth/", WebOdmClient.Form(("username", user), ("password", password)))).Both);

    [Theory]
    [InlineData("""{"username":"admin"}""", """{"password":["This field is required."]}""")]
    [InlineData("""{"password":"admin"}""", """{"username":["This field is required."]}""")]
    [InlineData("{}", """{"username":["This field is required."],"password":["This field is required."]}""")]
    [InlineData("""{"username":"","password":"admin"}""", """{"username":["This field may not be blank."]}""")]
    [InlineData("""{"username":null,"password":"admin"}""", """{"username":["This field may not be null."]}""")]
    public async Task W15_A_missing_or_empty_field_is_named(string body, string expected) =>
        Assert.Equal((400, expected), (await _nobody.PostAsync("token-auth/", WebOdmClient.Json(body))).Both);

    [Theory]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("Bearer")]
    public async Task W16_W23_A_token_is_accepted_in_the_header(string scheme) =>
        Assert.Equal(200, (await _nobody.SendAsync("GET", "projects/", null, ("Authorization", $"{scheme} {_token}"))).Status);

    [Fact]
    public async Task W17_A_token_is_accepted_in_the_query_with_every_verb()
    {
        var project = await _nobody.PostAsync($"projects/?jwt={_token}", WebOdmClient.Form(("name", "x")));
        Assert.Equal(201, project.Status);
        var path = $"projects/{project.Json.GetProperty("id")}/?jwt={_token}";
        Assert.Equal(200, (await _nobody.GetAsync(path)).Status);
        Assert.Equal(200, (await _nobody.PatchAsync(path, WebOdmClient.Form(("name", "y")))).Status);
        Assert.Equal(204, (await _nobody.DeleteAsync(path)).Status);
        Assert.Equal(404, (await _nobody.GetAsync($"projects/1000/tasks/1/download/all.zip?jwt={_token}")).Status);
    }

    [Theory]
    [InlineData("projects/")]
    [InlineData("projects/1/")]
    [InlineData("processingnodes/")]
    [InlineData("projects/1/tasks/")]
    [InlineData("projects/1/tasks/1/")]
    [InlineData("projects/1/tasks/1/output/")]
    [InlineData("projects/1/tasks/1/download/all.zip")]
    [InlineData("projects/1/tasks/1/assets/cameras.json")]
    public async Task W18_Without_credentials_everything_is_403(string path) => Assert.Equal(
        (403, """{"detail":"Authentication credentials were not provided."}"""), (await _nobody.GetAsync(path)).Both);

    [Fact]
    public async Task W19_W20_Expired_and_damaged_tokens_are_told_apart()
    {
        var user = new User(1, "admin", IsAdministrator: true, IsDisabled: false);
        var key = TokenKey.Load(TokenKey.PathIn(_node.Data));
        var expired = new Tokens(key, TimeSpan.FromSeconds(-1), TimeProvider.System).Issue(user);
        var foreign = new Tokens(new byte[32], TimeSpan.FromHours(1), TimeProvider.System).Issue(user);
        var unsigned = Unsigned(_token);

        Assert.Equal((403, """{"detail":"Signature has expired."}"""), await WithAsync($"JWT {expired}"));
        Assert.Equal((403, """{"detail":"Signature has expired."}"""), (await _nobody.GetAsync($"projects/?jwt={expired}")).Both);
        foreach (var token in (string[])[foreign, unsigned, "x", "a.b.c", _token[..^3] + "AAA", _token + "A"])
        {
            Assert.Equal((403, """{"detail":"Error decoding signature."}"""), await WithAsync($"JWT {token}"));
        }
    }

    [Fact]
    public async Task Tokens_of_users_who_are_gone_or_disabled_are_refused()
    {
        var key = TokenKey.Load(TokenKey.PathIn(_node.Data));
        var tokens = new Tokens(key, TimeSpan.FromHours(1), TimeProvider.System);
        var disabled = WebOdmUsers.Add(_node, "ursula", isDisabled: true);

        Assert.Equal((403, """{"detail":"Invalid signature."}"""), await WithAsync("JWT " + tokens.Issue(disabled with { Id = 999 })));
        Assert.Equal((403, """{"detail":"User account is disabled."}"""), await WithAsync("JWT " + tokens.Issue(disabled)));
        Assert.Equal(
            (400, """{"non_field_errors":["User account is disabled."]}"""),
            (await _nobody.PostAsync("token-auth/", WebOdmClient.Form(("username", "ursula"), ("password", "ursula")))).Both);
    }

    [Theory]
    [InlineData("JWT", "Invalid Authorization header. No credentials provided.")]
    [InlineData("JWT a b", "Invalid Authorization header. Credentials string should not contain spaces.")]
    [InlineData("Digest abc", "Authentication credentials were not provided.")]
    public async Task W21_A_malformed_header_is_explained(string header, string text) =>
        Assert.Equal((403, $$"""{"detail":"{{text}}"}"""), await WithAsync(header));

    [Fact]
    public async Task W22_Basic_works_and_a_wrong_password_is_403()
    {
        Assert.Equal(200, (await WithAsync(WebOdmClient.Basic("admin", "admin"))).Status);
        Assert.Equal((403, """{"detail":"Invalid username/password."}"""), await WithAsync(WebOdmClient.Basic("admin", "wrong")));
        Assert.Equal((403, """{"detail":"Invalid username/password."}"""), await WithAsync("Basic !!!"));
    }

    [Fact]
    public void W24_A_token_is_good_for_six_hours()
    {
        var payload = JsonElement.Parse(Decode(_token.Split('.')[1]));
        var left = DateTimeOffset.FromUnixTimeSeconds(payload.GetProperty("exp").GetInt64()) - TimeProvider.System.GetUtcNow();

        Assert.InRange(left.TotalMinutes, 355, 360);
        Assert.Equal("admin", payload.GetProperty("username").GetString());
        Assert.Equal(JsonValueKind.Number, payload.GetProperty("user_id").ValueKind);
    }

    [Fact]
    public async Task A_name_that_nobody_can_have_is_refused_and_not_remembered()
    {
        // Remembered, a few thousand of them would fill the memory.
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var answer = await _nobody.PostAsync("token-auth/", WebOdmClient.Form(("username", new string('a', 100_000)), ("password", "x")));
            Assert.Equal((400, """{"non_field_errors":["Unable to log in with provided credentials."]}"""), answer.Both);
        }
    }

    [Fact]
    public async Task Guessing_is_slowed_down_for_one_name_and_no_other()
    {
        WebOdmUsers.Add(_node, "gisela");
        WebAnswer last = null!;
        for (var attempt = 0; attempt <= 10; attempt++)
        {
            last = await _nobody.PostAsync("token-auth/", WebOdmClient.Form(("username", "gisela"), ("password", "guess")));
        }

        Assert.Equal(429, last.Status);
        Assert.InRange(int.Parse(last.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(429, (await _nobody.PostAsync("token-auth/", WebOdmClient.Form(("username", "gisela"), ("password", "gisela")))).Status);
        Assert.Equal(200, (await _nobody.PostAsync("token-auth/", WebOdmClient.Form(("username", "admin"), ("password", "admin")))).Status);
    }

    [Fact]
    public async Task The_key_is_its_owners_alone_and_passwords_are_hashed_and_not_logged()
    {
        Assert.True(IsPrivate(TokenKey.PathIn(_node.Data)));
        Assert.True(IsPrivate(Path.Combine(_node.Data, "odmnode.db")));
        const string secret = "a-password-that-is-long";
        await _nobody.PostAsync("token-auth/", WebOdmClient.Form(("username", "admin"), ("password", secret)));
        Assert.DoesNotContain(_node.Log, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_password_is_made_up_and_written_for_the_operator_alone()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "webodm", "first-password");
        string password;
        await using (var node = await NodeProcess.StartAsync(folder.Root))
        {
            Assert.Single(node.Log, line => line.EndsWith("first user, admin; the password is in " + path, StringComparison.Ordinal));
            Assert.True(IsPrivate(path));
            password = (await File.ReadAllTextAsync(path)).TrimEnd();
            Assert.DoesNotContain(node.Log, line => line.Contains(password, StringComparison.Ordinal));
            (await WebOdmClient.LogInAsync(node, "admin", password)).Dispose();
            using var nobody = WebOdmClient.Anonymous(node);
            Assert.Equal(400, (await nobody.PostAsync("token-auth/", WebOdmClient.Form(("username", "admin"), ("password", "admin")))).Status);
        }

        await using (var node = await NodeProcess.StartAsync(folder.Root))
        {
            Assert.DoesNotContain(node.Log, line => line.Contains("first user", StringComparison.Ordinal));
            (await WebOdmClient.LogInAsync(node, "admin", password)).Dispose();
        }

        // It is of no use any more when another one was chosen.
        await using var chosen = await NodeProcess.StartAsync(folder.Root, "--webodm-password", "chosen");
        Assert.False(File.Exists(path));
        (await WebOdmClient.LogInAsync(chosen, "admin", "chosen")).Dispose();
    }

    private static bool IsPrivate(string path) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private async Task<(int Status, string Text)> WithAsync(string header) =>
        (await _nobody.SendAsync("GET", "processingnodes/9/", null, ("Authorization", header))) is { Status: 404 } ? (200, string.Empty)
            : (await _nobody.SendAsync("GET", "processingnodes/9/", null, ("Authorization", header))).Both;

    private static string Unsigned(string token) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"JWT"}""")).TrimEnd('=') + "." + token.Split('.')[1] + ".";

    private static string Decode(string part)
    {
        var padded = part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '=');
        return Encoding.UTF8.GetString(Convert.FromBase64String(padded));
    }
}
