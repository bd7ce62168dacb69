namespace OdmNode.Engine.Report.Layout;

/// <summary>The three weights that the report is set in.</summary>
internal enum FontWeight
{
    Regular,
    Semibold,
    Bold,
}
