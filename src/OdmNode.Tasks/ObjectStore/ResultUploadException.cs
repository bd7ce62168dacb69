namespace OdmNode.Tasks.ObjectStore;

/// <summary>Results could not be brought to the store. The reason is on the task's console already, where the protocol wants it.</summary>
public sealed class ResultUploadException(string message, Exception innerException) : Exception(message, innerException);
