namespace OdmNode.Hosting;

/// <summary>One thing that was looked at.</summary>
/// <param name="What">Its name.</param>
/// <param name="Text">What was found, or what to do about its absence.</param>
/// <param name="IsMissing">True when the engine cannot work without it.</param>
/// <param name="Packages">Debian packages that bring it.</param>
internal sealed record MachineFinding(string What, string Text, bool IsMissing, IReadOnlyList<string> Packages)
{
    public static MachineFinding Present(string what, string text) => new(what, text, false, []);

    public static MachineFinding Missing(string what, string text, params string[] packages) => new(what, text, true, packages);
}
