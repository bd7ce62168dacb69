using System.CommandLine;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using OdmNode.Core.Errors;
using OdmNode.Core.Options;
using OdmNode.Hosting.Engines;
using OdmNode.Tasks.Engines;
using OdmNode.Tasks.ObjectStore;
using OdmNode.Tasks.Queue;
using OdmNode.WebOdm;
using OdmNode.WebOdm.Accounts;

namespace OdmNode.Hosting.Configuration;

/// <summary>Makes the daemon's options of what the operator said; everything that is wrong is told at once.</summary>
internal static class ServeOptionsReader
{
    private const string TestResultsFolder = "test-results";

    /// <exception cref="OdmException">The configuration file cannot be read, or a value is refused.</exception>
    public static ServeOptions Read(ServeCommandLine commandLine, ParseResult result)
    {
        string? Given(ServeSetting setting) => commandLine.Find(result, setting);
        var path = Given(ServeSettings.Config);
        var file = path is not null ? SettingsFile.Read(path)
            : File.Exists(SettingsFile.UsualName) ? SettingsFile.Read(SettingsFile.UsualName)
            : SettingsFile.Empty;
        return Read(new SettingValues(Given, file, Environment.GetEnvironmentVariable));
    }

    /// <exception cref="OdmException">A value is refused.</exception>
    public static ServeOptions Read(SettingValues values)
    {
        var test = ReadTest(values);
        var options = new ServeOptions
        {
            Node = ReadNode(values, test),
            WebOdm = ReadWebOdm(values),
            Address = ReadAddress(values),
            Port = values.Text(ServeSettings.Port) == "auto" ? null : values.Whole(ServeSettings.Port, 1, IPEndPoint.MaxPort),
            Log = ReadLog(values),
            PowerCycle = values.IsOn(ServeSettings.PowerCycle),
        };
        return values.Problems.Count == 0 ? options : throw new OdmException(ErrorKind.BadInput, string.Join(' ', values.Problems));
    }

    private static NodeSettings ReadNode(SettingValues values, TestMode? test) =>
        new()
        {
            DataFolder = values.Text(ServeSettings.Data) ?? (test is null ? "data" : Path.Combine("tests", "data")),
            Engine = ReadEngine(values),
            Options = test is null ? OptionCatalogue.BuiltIn : TestCatalogue.Options,
            ParallelTasks = values.Whole(ServeSettings.Parallel, 1) ?? 1,
            MaxImages = values.Whole(ServeSettings.MaxImages, 1),
            MaxConcurrency = values.Whole(ServeSettings.MaxConcurrency, 0) is { } threads and > 0 ? threads : null,
            MaxRuntime = values.Minutes(ServeSettings.MaxRuntime),
            CleanupTasksAfter = values.Minutes(ServeSettings.CleanupTasks),
            CleanupUploadsAfter = values.Minutes(ServeSettings.CleanupUploads),
            MinFreeBytes = (long)((values.Number(ServeSettings.MinFreeDisk, 0) ?? 0) * (1 << 20)),
            Token = values.Text(ServeSettings.Token) is { Length: > 0 } token ? token : null,
            AuthorizedAddresses = ReadAuthorized(values),
            Webhook = values.Text(ServeSettings.Webhook),
            ObjectStore = ReadObjectStore(values),
            Test = test,
        };

    private static WebOdmSettings ReadWebOdm(SettingValues values)
    {
        var user = values.Text(ServeSettings.WebOdmUser)!;
        if (UserNames.WhyNot(user) is { } problem)
        {
            values.Refuse($"{ServeSettings.WebOdmUser.DisplayName}: {problem}");
        }

        return new WebOdmSettings
        {
            UserName = user,
            Password = values.Text(ServeSettings.WebOdmPassword) is { Length: > 0 } password ? password : null,
            TokenLife = TimeSpan.FromMinutes(values.Number(ServeSettings.WebOdmTokenLife, 1) ?? 1),
            AlwaysPaginate = values.IsOn(ServeSettings.WebOdmPages),
        };
    }

    private static EngineLaunch ReadEngine(SettingValues values) =>
        values.Text(ServeSettings.EngineCommand) is { } command ? EngineSelection.Compatible(command)
        : values.Text(ServeSettings.OdmPath) is { } folder ? EngineSelection.Compatible(Path.Combine(folder, "run.sh"))
        : EngineSelection.BuiltIn();

    /// <summary>In use only when both endpoint and bucket are set.</summary>
    private static S3Settings? ReadObjectStore(SettingValues values)
    {
        if (values.Text(ServeSettings.S3Endpoint) is not { } endpoint || values.Text(ServeSettings.S3Bucket) is not { } bucket)
        {
            return null;
        }

        var settings = new S3Settings
        {
            Endpoint = endpoint,
            Bucket = bucket,
            AccessKey = values.Text(ServeSettings.S3AccessKey),
            SecretKey = values.Text(ServeSettings.S3SecretKey),
            ForcePathStyle = values.IsOn(ServeSettings.S3ForcePathStyle),
            SignatureVersion = values.Text(ServeSettings.S3SignatureVersion)!,
            Acl = values.Text(ServeSettings.S3Acl)!,
            UploadEverything = values.IsOn(ServeSettings.S3UploadEverything),
            IgnoreSsl = values.IsOn(ServeSettings.S3IgnoreSsl),
        };
        foreach (var problem in settings.Validate())
        {
            values.Refuse(problem);
        }

        return settings;
    }

    private static TestMode? ReadTest(SettingValues values) => !values.IsOn(ServeSettings.Test) ? null : new TestMode
    {
        Results = Path.Combine(AppContext.BaseDirectory, TestResultsFolder),
        Duration = TimeSpan.FromSeconds(values.Number(ServeSettings.TestSeconds, 0) ?? 0),
        FailTasks = values.IsOn(ServeSettings.TestFailTasks),
        DropUploads = values.IsOn(ServeSettings.TestDropUploads),
        SkipOrthophotos = values.IsOn(ServeSettings.TestSkipOrthophotos),
        SkipElevation = values.IsOn(ServeSettings.TestSkipDems),
    };

    private static IPAddress? ReadAddress(SettingValues values)
    {
        var text = values.Text(ServeSettings.Host);
        if (text is "*" or "0.0.0.0")
        {
            return null;
        }

        if (text == "localhost")
        {
            return IPAddress.Loopback;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            values.Refuse(ServeSettings.Host, "an address of this machine, or '*' for all");
        }

        return address;
    }

    private static IPAddress[] ReadAuthorized(SettingValues values)
    {
        var addresses = new List<IPAddress>();
        foreach (var text in (values.Text(ServeSettings.AuthorizedIps) ?? string.Empty).Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                addresses.Add(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
            }
            else
            {
                values.Refuse(ServeSettings.AuthorizedIps, "a list of addresses");
            }
        }

        return [.. addresses];
    }

    private static LogOptions ReadLog(SettingValues values) => new()
    {
        Level = ReadLevel(values),
        AsJson = ReadFormat(values),
        ToConsole = !values.IsOn(ServeSettings.Daemon),
        Folder = values.Text(ServeSettings.LogFolder),
        FileName = Path.GetFileName(values.Text(ServeSettings.Instance))!,
        MaxFileBytes = (long)(values.Number(ServeSettings.LogMaxSize, 1, long.MaxValue) ?? 1),
        MaxFiles = values.Whole(ServeSettings.LogMaxFiles, 1) ?? 1,
    };

    private static bool ReadFormat(SettingValues values)
    {
        var text = values.Text(ServeSettings.LogFormat);
        if (text is not ("text" or "json"))
        {
            values.Refuse(ServeSettings.LogFormat, "text or json");
        }

        return text == "json";
    }

    private static LogLevel ReadLevel(SettingValues values)
    {
        switch (values.Text(ServeSettings.LogLevel)!.ToLower(CultureInfo.InvariantCulture))
        {
            case "error":
                return LogLevel.Error;
            case "warn" or "warning":
                return LogLevel.Warning;
            case "info" or "information":
                return LogLevel.Information;
            case "verbose" or "debug":
                return LogLevel.Debug;
            case "silly" or "trace":
                return LogLevel.Trace;
            default:
                values.Refuse(ServeSettings.LogLevel, "error, warn, info, verbose, debug or silly");
                return LogLevel.Information;
        }
    }
}
