namespace OdmNode.Api.WebOdm;

/// <summary>Every text of the protocol that clients may compare, verbatim.</summary>
internal static class WebOdmTexts
{
    public const string NotFound = "Not found.";
    public const string NoAsset = "Asset does not exist";
    public const string InvalidPage = "Invalid page.";
    public const string Forbidden = "You do not have permission to perform this action.";
    public const string NoCredentials = "Authentication credentials were not provided.";
    public const string HeaderWithoutToken = "Invalid Authorization header. No credentials provided.";
    public const string HeaderWithSpaces = "Invalid Authorization header. Credentials string should not contain spaces.";
    public const string WrongPassword = "Invalid username/password.";
    public const string Expired = "Signature has expired.";
    public const string Damaged = "Error decoding signature.";
    public const string UnknownUser = "Invalid signature.";
    public const string NoUser = "Invalid payload.";
    public const string Disabled = "User account is disabled.";
    public const string CannotLogIn = "Unable to log in with provided credentials.";
    public const string Required = "This field is required.";
    public const string Blank = "This field may not be blank.";
    public const string Null = "This field may not be null.";
    public const string BadText = "Not a valid string.";
    public const string NullCharacters = "Null characters are not allowed.";
    public const string BadInteger = "A valid integer is required.";
    public const string BadBoolean = "Must be a valid boolean.";
    public const string BadJson = "Value must be valid JSON.";
    public const string BadOptions = "Invalid options";
    public const string TooFewImages = "Cannot create task, you need at least 2 images";
    public const string NoFiles = "No files uploaded";
    public const string NothingToCommit = "You need to upload at least 1 file before commit";
    public const string BadPieceIndex = "chunkIndex is not an int";
    public const string OnePieceOnly = "A file that is sent in pieces must come alone in its request";
    public const string Busy = "Files cannot be uploaded while the task is being processed. Cancel it first";
    public const string InvalidParameter = "Invalid parameter";
    public const string OutsideOfBounds = "Outside of bounds";
    public const string BadTileSize = "Invalid tile size parameter";
    public const string InvalidStatus = "Invalid status parameter";
    public const string InvalidBox = "Invalid bbox parameter";
    public const string BadMembers = "Expected a list of objects with \"username\" and \"permissions\", a list of view, add, change, delete.";
    public const string BadResizing = "Ensure this value is greater than 0, or -1.";
    public const string BadHostname = "Enter the name or the address of a machine, without http:// and port.";
    public const string BadPort = "Ensure this value is between 1 and 65535.";

    public static string TooLong(int most) => $"Ensure this field has no more than {most} characters.";

    public static string NoSuchNode(long id) => $"Invalid pk \"{id}\" - object does not exist.";

    public static string NoSuchUser(string name) => $"There is no user \"{name}\".";

    public static string NotANumber(string type) => $"Incorrect type. Expected pk value, received {type}.";

    public static string WrongMethod(string method) => $"Method \"{method}\" not allowed.";

    public static string UnsupportedType(string type) => $"Unsupported media type \"{type}\" in request.";

    public static string JsonError(string reason) => "JSON parse error - " + reason;

    public static string FormError(string reason) => "Multipart form parse error - " + reason;

    public static string TooManyLogIns(int seconds) => $"Too many failed log-ins. Try again in {seconds} seconds.";
}
