namespace OdmNode.Sfm.Control;

/// <summary>Where a surveyed point is seen.</summary>
/// <param name="Photo">Index in <see cref="SfmInput.Photos"/>.</param>
/// <param name="X">Column, full-size pixels.</param>
/// <param name="Y">Row, full-size pixels.</param>
public readonly record struct ControlMark(int Photo, double X, double Y);
