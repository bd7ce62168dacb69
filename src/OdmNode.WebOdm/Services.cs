using Microsoft.Extensions.DependencyInjection;
using OdmNode.WebOdm.Accounts;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Scheduling;
using OdmNode.WebOdm.Storage;
using OdmNode.WebOdm.Tasks;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.WebOdm;

/// <summary>Puts the parts together.</summary>
public static class Services
{
    /// <summary>Adds everything; the node's own services and an <see cref="ITileSource"/> and an <see cref="IPhotoScaler"/> must be there too.</summary>
    public static IServiceCollection AddWebOdm(this IServiceCollection services, WebOdmSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<WebOdmDatabase>()
        .AddSingleton<UserAccounts>()
        .AddSingleton<ProjectStore>()
        .AddSingleton<BuiltInNode>()
        .AddSingleton<NodeRegistry>()
        .AddSingleton<WebTaskFolders>()
        .AddSingleton<ImageIntake>()
        .AddSingleton<PhotoShrinking>()
        .AddSingleton<FolderArchives>()
        .AddSingleton<TaskNudges>()
        .AddSingleton<WebTasks>()
        .AddSingleton<MapTiles>()
        .AddSingleton<ResultPlaces>()
        .AddSingleton<TaskConsoles>()
        .AddSingleton<WebTaskScheduler>()
        .AddHostedService<FirstUserService>()
        .AddHostedService(provider => provider.GetRequiredService<WebTaskScheduler>());
}
