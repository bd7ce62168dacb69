using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm;
using OdmNode.Api.Transport;
using OdmNode.Api.Web;
using OdmNode.Api.WebOdm;
using OdmNode.Hosting.Configuration;
using OdmNode.Hosting.Photos;
using OdmNode.Hosting.Tiles;
using OdmNode.Tasks.Monitoring;
using OdmNode.Tasks.ObjectStore;
using OdmNode.Tasks.Queue;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Uploads;
using OdmNode.Tasks.Webhooks;
using OdmNode.WebOdm;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.Hosting;

/// <summary>Puts the daemon together: tasks behind the HTTP faces.</summary>
internal static class NodeHost
{
    /// <summary>Builds the daemon; nothing runs and no port is bound before it is started.</summary>
    /// <param name="settings">The operator's decisions.</param>
    /// <param name="address">The address to listen on; null for all.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="log">How messages for the operator are written.</param>
    /// <param name="webOdm">Decisions about the WebODM face; null for the defaults.</param>
    public static WebApplication Build(NodeSettings settings, IPAddress? address, int port, LogOptions log, WebOdmSettings? webOdm = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        OperatorLog.Add(builder.Services, log);
        builder.Services.AddSystemd();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Uploads have no limit of size or pace, and a client may leave a download unread for long.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            if (address is null)
            {
                kestrel.ListenAnyIP(port);
            }
            else
            {
                kestrel.Listen(address, port);
            }
        });

        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlockPoolFactory>();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        var folders = new TaskFolders(settings.DataFolder);
        builder.Services.AddSingleton(folders);
        builder.Services.AddSingleton(new DiskGuard(folders.Root, settings.MinFreeBytes, TimeProvider.System));
        builder.Services.AddSingleton<NodeMetrics>();
        builder.Services.AddSingleton<UploadStore>();
        builder.Services.AddSingleton<IRunEndObserver, WebhookAnnouncer>();
        if (settings.ObjectStore is { } store)
        {
            builder.Services.AddSingleton<IResultStore>(services => new S3ResultStore(store, services.GetRequiredService<TimeProvider>()));
        }

        builder.Services.AddSingleton<NodeTasks>();
        builder.Services.AddSingleton<MachineInfo>();
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WebhookSender>());
        builder.Services.AddHostedService<QueueService>();
        builder.Services.AddSingleton<ITileSource, GdalTileSource>();
        builder.Services.AddSingleton<IPhotoScaler, JpegScaler>();
        builder.Services.AddWebOdm(webOdm ?? new WebOdmSettings()).AddWebOdmFace();
        builder.Services.Configure<HostOptions>(options =>
        {
            // Engines are stopped while transfers that are on their way get a moment to end.
            options.ServicesStopConcurrently = true;
            options.ShutdownTimeout = TimeSpan.FromSeconds(2);
        });

        var application = builder.Build();
        application.UseWebOdmDoor();
        application.UseWhen(context => !WebOdmFace.IsOurs(context), others => others.UseNodeFrontDoor());
        application.UseRouting();
        application.UseWebOdmCallers();
        application.MapNodeOdm(settings);
        application.MapWebOdm();
        application.MapWebPage(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        return application;
    }
}
