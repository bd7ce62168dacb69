using Microsoft.Data.Sqlite;
using OdmNode.Core.Errors;

namespace OdmNode.Tasks.Storage;

/// <summary>Opens the node's database: a write-ahead log and full synchronisation, so that what was written survives a power cut.</summary>
public static class SqliteFile
{
    /// <param name="path">The file; made when absent, and then for its owner alone: it holds hashes of passwords and secrets of other nodes.</param>
    /// <param name="prepare">Makes sure of the tables.</param>
    /// <exception cref="OdmException">The file is damaged or of a newer version, or the disk is full.</exception>
    public static SqliteConnection Open(string path, Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            PrivateFile.MakeIfAbsent(path);
            connection.Open();
            Execute(connection, "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
            prepare(connection);
            return connection;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw new OdmException(ErrorKind.Storage, $"The task database {path} cannot be used: {StorageErrors.Describe(exception)}", exception);
        }
        catch (OdmException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that are constants of the program.</summary>
    public static void Execute(SqliteConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // See the summary.
        command.CommandText = statements;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
