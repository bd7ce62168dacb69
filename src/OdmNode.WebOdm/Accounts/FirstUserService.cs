using Microsoft.Extensions.Hosting;

namespace OdmNode.WebOdm.Accounts;

/// <summary>Makes sure that somebody can log in before the first request comes.</summary>
internal sealed class FirstUserService(UserAccounts accounts) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        accounts.EnsureFirstUser();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
