using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm.Mapping;
using OdmNode.Api.NodeOdm.Wire;
using OdmNode.Tasks.Queue;

namespace OdmNode.Api.NodeOdm.Endpoints;

/// <summary>What the node says about itself.</summary>
internal static class NodeEndpoints
{
    public static IResult Info(HttpContext context, NodeTasks tasks, MachineInfo machine)
    {
        if (!string.IsNullOrEmpty(context.Request.Query["_debugUnauthorized"]))
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        var settings = tasks.Settings;
        var (total, available) = machine.Memory();
        return new JsonAnswer<InfoWire>(
            new InfoWire
            {
                Version = NodeOdmTexts.ApiVersion,
                TaskQueueCount = tasks.PendingCount,
                TotalMemory = total,
                AvailableMemory = available,
                CpuCores = Environment.ProcessorCount,
                MaxImages = settings.MaxImages,
                MaxParallelTasks = settings.ParallelTasks,
                EngineVersion = settings.Engine.Version,
                Engine = settings.Engine.Name,
            },
            NodeOdmJson.Wire.InfoWire);
    }

    public static IResult Options(NodeSettings settings) =>
        new JsonAnswer<OptionWire[]>(WireMapping.ToWire(settings.Options), NodeOdmJson.Wire.OptionWireArray);

    public static IResult AuthInfo() =>
        new JsonAnswer<AuthInfoWire>(new AuthInfoWire(NodeOdmTexts.NoLogin), NodeOdmJson.Wire.AuthInfoWire);

    public static IResult NotAvailable() => Answers.Error(NodeOdmTexts.NotAvailable);
}
