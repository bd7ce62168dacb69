namespace OdmNode.Pipeline.Running;

/// <summary>How a stage went.</summary>
/// <param name="Units">All its units.</param>
/// <param name="Computed">Those computed in this run; the others were kept.</param>
/// <param name="Seconds">Wall time in this run.</param>
/// <param name="SecondsWhenMade">Wall time of the run that completed the stage; equals <paramref name="Seconds"/> unless all was kept.</param>
/// <param name="StartedAt">When it began in this run.</param>
public sealed record StageResult(int Units, int Computed, double Seconds, double SecondsWhenMade, DateTimeOffset StartedAt);
