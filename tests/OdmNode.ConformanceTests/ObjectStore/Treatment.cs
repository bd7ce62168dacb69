namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>What a <see cref="StoreFront"/> does with a request.</summary>
internal enum Treatment
{
    /// <summary>Hands it on to the store.</summary>
    Pass,

    /// <summary>Answers that the store is too busy.</summary>
    Refuse,

    /// <summary>Answers that it knows nothing of such an upload.</summary>
    Forget,

    /// <summary>Takes the beginning of the content and cuts the connection.</summary>
    Cut,

    /// <summary>Reads nothing and answers nothing until the client gives up.</summary>
    Hold,
}
