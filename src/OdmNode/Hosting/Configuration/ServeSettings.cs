namespace OdmNode.Hosting.Configuration;

/// <summary>Every setting of the daemon.</summary>
/// <remarks>
/// To add one: (1) a line here, which makes the flag, the file key and the help; (2) a property of <c>NodeSettings</c> or
/// <see cref="ServeOptions"/> with its default; (3) its reading in <see cref="ServeOptionsReader"/>, which collects what is wrong;
/// (4) a line in docs/operations.md; (5) a test in <c>ServeOptionsTests</c>. Names and defaults of what NodeODM has are NodeODM's.
/// </remarks>
internal static class ServeSettings
{
    public static readonly ServeSetting Config = new("config", null, "JSON file of settings.") { ValueName = "file" };
    public static readonly ServeSetting Port = new("port", "port", "Port to listen on; 'auto' takes the first free one from 3000.")
    {
        Aliases = ["-p"], Environment = "PORT", Default = "auto", ValueName = "number",
    };

    public static readonly ServeSetting Host = new("host", "host", "Address to listen on; '*' for all, as clients on other machines need it.")
    {
        Default = "*", ValueName = "address",
    };

    public static readonly ServeSetting Data = new("data", "data", "Folder of tasks and results; made when absent.") { ValueName = "folder" };
    public static readonly ServeSetting OdmPath = new("odm-path", "odm_path", "Folder of an ODM-compatible engine, with run.sh, to run instead of the built-in one.")
    {
        Aliases = ["--odx_path", "--odx-path"], ValueName = "folder",
    };

    public static readonly ServeSetting EngineCommand = new("engine-command", "engineCommand", "An ODM-compatible command to run instead of the built-in engine, such as /code/run.sh.")
    {
        ValueName = "command",
    };

    public static readonly ServeSetting LogLevel = new("log-level", "logger.level", "Least severe messages to write: error, warn, info, verbose, debug, silly.")
    {
        Default = "info", ValueName = "level",
    };

    public static readonly ServeSetting LogFormat = new("log-format", "logger.format", "How messages are written: text, or json with one object a line.")
    {
        Default = "text", ValueName = "format",
    };

    public static readonly ServeSetting LogFolder = new("log-folder", "logger.logDirectory", "Folder for log files; without it messages go to the console alone.")
    {
        ValueName = "folder",
    };

    public static readonly ServeSetting LogMaxSize = new(string.Empty, "logger.maxFileSize", "Bytes of a log file before the next is begun.") { Default = "104857600" };
    public static readonly ServeSetting LogMaxFiles = new(string.Empty, "logger.maxFiles", "Log files that are kept.") { Default = "10" };
    public static readonly ServeSetting Instance = new(string.Empty, "instance", "Base name of the log files.") { Default = "odmnode" };
    public static readonly ServeSetting Daemon = new("daemon", "daemon", "Write no messages to the console.")
    {
        Aliases = ["-d", "--deamonize", "--daemonize"], IsSwitch = true,
    };

    public static readonly ServeSetting Parallel = new("parallel-queue-processing", "parallelQueueProcessing", "Tasks processed at the same time.")
    {
        Aliases = ["-q"], Default = "1", ValueName = "number",
    };

    public static readonly ServeSetting CleanupTasks = new("cleanup-tasks-after", "cleanupTasksAfter", "Minutes from the end of a task to its removal; negative for never.")
    {
        Default = "2880", ValueName = "minutes",
    };

    public static readonly ServeSetting CleanupUploads = new("cleanup-uploads-after", "cleanupUploadsAfter", "Minutes without change to the removal of an upload that was not committed; negative for never.")
    {
        Default = "2880", ValueName = "minutes",
    };

    public static readonly ServeSetting MaxImages = new("max-images", "maxImages", "Most images per task; no limit by default.") { ValueName = "number" };
    public static readonly ServeSetting MaxConcurrency = new("max-concurrency", "maxConcurrency", "Most threads a task may use; 0 for no limit.")
    {
        Default = "0", ValueName = "number",
    };

    public static readonly ServeSetting MaxRuntime = new("max-runtime", "maxRuntime", "Minutes after which a running task is cancelled; negative for never.")
    {
        Default = "-1", ValueName = "minutes",
    };

    public static readonly ServeSetting MinFreeDisk = new("min-free-disk", "minFreeDisk", "MiB of disk that stay free: with less the node takes no new work.")
    {
        Default = "1024", ValueName = "MiB",
    };

    public static readonly ServeSetting Token = new("token", "token", "Secret that clients must send; none by default.");
    public static readonly ServeSetting AuthorizedIps = new(string.Empty, "authorizedIps", "Addresses that may use the token; all by default.");
    public static readonly ServeSetting Webhook = new("webhook", "webhook", "Address that is called when a task ends.") { ValueName = "address" };
    public static readonly ServeSetting WebOdmUser = new("webodm-user", "webodm.user", "Name of the administrator of the WebODM interface.")
    {
        Default = "admin", Environment = "WEBODM_USER", ValueName = "name",
    };

    public static readonly ServeSetting WebOdmPassword = new("webodm-password", "webodm.password", "Password of that administrator; without it one is made up at the first start and written to webodm/first-password in the data folder.")
    {
        Environment = "WEBODM_PASSWORD",
    };

    public static readonly ServeSetting WebOdmTokenLife = new("webodm-token-life", "webodm.tokenLife", "Minutes that a token of the WebODM interface is good for.")
    {
        Default = "360", ValueName = "minutes",
    };

    public static readonly ServeSetting WebOdmPages = new("webodm-pages", "webodm.pages", "Answer the list of projects in pages even when no page was asked for, as WebODM did before August 2021.") { IsSwitch = true };
    public static readonly ServeSetting PowerCycle = new("powercycle", "powercycle", "Start everything, then end.") { IsSwitch = true };
    public static readonly ServeSetting Test = new("test", "test", "For testing clients: compute nothing, give every task the same results.") { IsSwitch = true };
    public static readonly ServeSetting TestSkipOrthophotos = new("test-skip-orthophotos", "testSkipOrthophotos", "With --test: no orthophoto.") { IsSwitch = true };
    public static readonly ServeSetting TestSkipDems = new("test-skip-dems", "testSkipDems", "With --test: no elevation models.") { IsSwitch = true };
    public static readonly ServeSetting TestDropUploads = new("test-drop-uploads", "testDropUploads", "With --test: half of the uploads fail.") { IsSwitch = true };
    public static readonly ServeSetting TestFailTasks = new("test-fail-tasks", "testFailTasks", "With --test: every task fails.") { IsSwitch = true };
    public static readonly ServeSetting TestSeconds = new("test-seconds", "testSeconds", "With --test: seconds that a task takes.")
    {
        Default = "0", ValueName = "seconds",
    };

    public static readonly ServeSetting S3Endpoint = new("s3-endpoint", "s3Endpoint", "S3-compatible store that results are uploaded to; needs --s3-bucket.") { ValueName = "host" };
    public static readonly ServeSetting S3Bucket = new("s3-bucket", "s3Bucket", "Bucket of that store.") { ValueName = "name" };
    public static readonly ServeSetting S3AccessKey = new("s3-access-key", "s3AccessKey", "Its access key; else that of the environment or of the machine's role.")
    {
        ValueName = "key",
    };

    public static readonly ServeSetting S3SecretKey = new("s3-secret-key", "s3SecretKey", "Its secret key.") { ValueName = "key" };
    public static readonly ServeSetting S3ForcePathStyle = new("s3-force-path-style", "s3ForcePathStyle", "Name the bucket in the path, not in the host.") { IsSwitch = true };
    public static readonly ServeSetting S3SignatureVersion = new("s3-signature-version", "s3SignatureVersion", "Version of the request signatures.") { Default = "4", ValueName = "number" };
    public static readonly ServeSetting S3Acl = new("s3-acl", "s3_acl", "Access of uploaded objects; 'none' sends none.") { Default = "public-read", ValueName = "acl" };
    public static readonly ServeSetting S3UploadEverything = new("s3-upload-everything", "s3UploadEverything", "Upload every result beside the archive.") { IsSwitch = true };
    public static readonly ServeSetting S3IgnoreSsl = new("s3-ignore-ssl", "s3IgnoreSSL", "Accept any certificate of the store.") { IsSwitch = true };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<ServeSetting> All { get; } =
    [
        Config, Port, Host, Data, Token, AuthorizedIps, EngineCommand, OdmPath, Parallel, MaxImages, MaxConcurrency, MaxRuntime,
        CleanupTasks, CleanupUploads, MinFreeDisk, Webhook, LogLevel, LogFormat, LogFolder, LogMaxSize, LogMaxFiles, Instance, Daemon,
        S3Endpoint, S3Bucket, S3AccessKey, S3SecretKey, S3ForcePathStyle, S3SignatureVersion, S3Acl, S3UploadEverything, S3IgnoreSsl,
        WebOdmUser, WebOdmPassword, WebOdmTokenLife, WebOdmPages,
        PowerCycle, Test, TestSeconds, TestFailTasks, TestDropUploads, TestSkipOrthophotos, TestSkipDems,
    ];
}
