using Microsoft.AspNetCore.Http;

namespace OdmNode.Api.WebOdm;

/// <summary>Ends a request with an error of one of the protocol's shapes.</summary>
internal sealed class WebOdmRefusalException(IResult answer) : Exception("The request is refused.")
{
    /// <summary>What is answered.</summary>
    public IResult Answer { get; } = answer;

    /// <summary>No such object, or none that the caller may see.</summary>
    public static WebOdmRefusalException NotFound() => new(WebOdmAnswers.NotFound());

    /// <summary>The bare list of strings with which the task code refuses.</summary>
    public static WebOdmRefusalException List(string text) => new(WebOdmAnswers.List(text));

    /// <summary>One field is wrong.</summary>
    public static WebOdmRefusalException Field(string name, string text) =>
        new(WebOdmAnswers.Fields(new Dictionary<string, List<string>> { [name] = [text] }));

    /// <summary>An object with <c>detail</c>.</summary>
    public static WebOdmRefusalException Detail(int status, string text) => new(WebOdmAnswers.Detail(status, text));
}
