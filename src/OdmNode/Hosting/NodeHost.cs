using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm;
using OdmNode.Tasks.Queue;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Uploads;

namespace OdmNode.Hosting;

/// <summary>Puts the daemon together: tasks behind the HTTP faces.</summary>
internal static class NodeHost
{
    /// <summary>Builds the daemon; nothing runs and no port is bound before it is started.</summary>
    /// <param name="settings">The operator's decisions.</param>
    /// <param name="address">The address to listen on; null for all.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="logLevel">The least severe level that is written.</param>
    public static WebApplication Build(NodeSettings settings, IPAddress? address, int port, LogLevel logLevel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            options.UseUtcTimestamp = true;
        });
        builder.Logging.SetMinimumLevel(logLevel);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // A start that fails is told by the verb, in a sentence and without a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
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

        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new TaskFolders(settings.DataFolder));
        builder.Services.AddSingleton<UploadStore>();
        builder.Services.AddSingleton<NodeTasks>();
        builder.Services.AddSingleton<MachineInfo>();
        builder.Services.AddHostedService<QueueService>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));

        var application = builder.Build();
        application.UseNodeFrontDoor();
        application.UseRouting();
        application.MapNodeOdm(settings);
        return application;
    }
}
