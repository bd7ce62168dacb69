using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Wire;

namespace OdmNode.Api.WebOdm;

/// <summary>The answers that many endpoints share.</summary>
internal static class WebOdmAnswers
{
    public static IResult Detail(int status, string text) => new JsonAnswer<DetailWire>(new DetailWire(text), WebOdmJson.Wire.DetailWire, status);

    public static IResult NotFound() => Detail(StatusCodes.Status404NotFound, WebOdmTexts.NotFound);

    public static IResult NoAsset() => Detail(StatusCodes.Status404NotFound, WebOdmTexts.NoAsset);

    public static IResult Forbidden() => Detail(StatusCodes.Status403Forbidden, WebOdmTexts.Forbidden);

    public static IResult List(string text) =>
        new JsonAnswer<string[]>([text], WebOdmJson.Wire.StringArray, StatusCodes.Status400BadRequest);

    public static IResult Fields(Dictionary<string, List<string>> errors, int status = StatusCodes.Status400BadRequest) =>
        new JsonAnswer<Dictionary<string, List<string>>>(errors, WebOdmJson.Wire.DictionaryStringListString, status);

    public static IResult Success() => new JsonAnswer<SuccessWire>(new SuccessWire(true), WebOdmJson.Wire.SuccessWire);
}
