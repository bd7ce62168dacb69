using System.Net;
using Microsoft.Extensions.Logging;
using OdmNode.Tasks.Queue;
using OdmNode.WebOdm;

namespace OdmNode.Hosting.Configuration;

/// <summary>Everything the operator decides about the daemon.</summary>
internal sealed record ServeOptions
{
    /// <summary>Tasks, engine, limits.</summary>
    public required NodeSettings Node { get; init; }

    /// <summary>Users and lists of the WebODM interface.</summary>
    public WebOdmSettings WebOdm { get; init; } = new();

    /// <summary>The address to listen on; null for all.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port to listen on; null for the first free one.</summary>
    public int? Port { get; init; }

    /// <summary>How messages are written.</summary>
    public LogOptions Log { get; init; } = new();

    /// <summary>End as soon as everything has started.</summary>
    public bool PowerCycle { get; init; }
}

/// <summary>How messages for the operator are written.</summary>
internal sealed record LogOptions
{
    /// <summary>The least severe level that is written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>One JSON object a line instead of text.</summary>
    public bool AsJson { get; init; }

    /// <summary>False for a daemon whose console stays silent.</summary>
    public bool ToConsole { get; init; } = true;

    /// <summary>Folder for log files; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Base name of log files.</summary>
    public string FileName { get; init; } = "odmnode";

    /// <summary>Bytes of a file before the next is begun.</summary>
    public long MaxFileBytes { get; init; } = 100L << 20;

    /// <summary>Files that are kept.</summary>
    public int MaxFiles { get; init; } = 10;
}
