namespace OdmNode.Engine.Report.Layout;

/// <summary>A column of a table.</summary>
/// <param name="Head">Empty for none.</param>
/// <param name="Share">Of the width, in relation to the other columns.</param>
/// <param name="IsNumber">Numbers stand at the right, on one line; words at the left, on as many as they need.</param>
internal sealed record TableColumn(string Head, float Share, bool IsNumber = false);
