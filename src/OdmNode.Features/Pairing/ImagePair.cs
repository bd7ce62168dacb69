namespace OdmNode.Features.Pairing;

/// <summary>Two photos to be matched, by their index in the survey; <paramref name="A"/> is less than <paramref name="B"/>.</summary>
public readonly record struct ImagePair(int A, int B);
