namespace OdmNode.Core.Errors;

/// <summary>Why a piece of work cannot be done; decides the exit code of the engine and the text that clients see.</summary>
public enum ErrorKind
{
    /// <summary>The input cannot be processed: too few photos, no overlap, an invalid option, a damaged file.</summary>
    BadInput,

    /// <summary>The work does not fit in the memory that it was given.</summary>
    NotEnoughMemory,

    /// <summary>The disk is full, or a file cannot be read or written.</summary>
    Storage,

    /// <summary>This machine lacks something that the work needs: a library, a processor feature.</summary>
    Unsupported,

    /// <summary>A defect of the program.</summary>
    Internal,
}
