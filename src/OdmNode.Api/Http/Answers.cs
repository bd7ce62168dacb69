using Microsoft.AspNetCore.Http;
using OdmNode.Api.NodeOdm.Wire;

namespace OdmNode.Api.Http;

/// <summary>The answers of the NodeODM face; errors too have status 200.</summary>
internal static class Answers
{
    public static IResult Error(string message, bool noRetry = false) =>
        new JsonAnswer<ErrorWire>(new ErrorWire(message, noRetry), NodeOdmJson.Wire.ErrorWire);

    public static IResult Uuid(string uuid) => new JsonAnswer<UuidWire>(new UuidWire(uuid), NodeOdmJson.Wire.UuidWire);

    public static IResult Success() => new JsonAnswer<SuccessWire>(new SuccessWire(true), NodeOdmJson.Wire.SuccessWire);

    public static IResult Failure(string message) =>
        new JsonAnswer<SuccessWire>(new SuccessWire(false, message), NodeOdmJson.Wire.SuccessWire);

    public static IResult Lines(IReadOnlyList<string> lines) =>
        new JsonAnswer<IReadOnlyList<string>>(lines, NodeOdmJson.Wire.IReadOnlyListString);
}
