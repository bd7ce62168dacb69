namespace OdmNode.Engine.Inputs;

/// <summary>A mark of a surveyed point.</summary>
/// <param name="Image">File name of the photo.</param>
/// <param name="X">Column, full-size pixels from the left edge.</param>
/// <param name="Y">Row, full-size pixels from the top edge.</param>
public sealed record SurveyedMark(string Image, double X, double Y);
