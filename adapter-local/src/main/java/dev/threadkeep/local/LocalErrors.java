package dev.threadkeep.local;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteErrorCode;

/** What goes wrong in SQLite and in files, as errors of the data layer. */
final class LocalErrors {
  /** SQLite's extended codes have their basic code in the lowest byte. */
  private static final int BASIC = 0xff;

  private final Path store;

  /** Errors of the store in this file or folder. */
  LocalErrors(Path store) {
    this.store = store;
  }

  /**
   * The error of the data layer that a failure stands for.
   *
   * @param what was being done; the message begins with it
   */
  DataLayerException translate(String what, Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof DataLayerException translated) {
      return translated;
    } else if (cause instanceof SQLException sql) {
      return translateSql(what, sql);
    } else if (cause instanceof RejectedExecutionException) {
      return error(ErrorCode.UNAVAILABLE, what, "the store is closed", cause);
    } else if (cause instanceof IOException io) {
      return error(ErrorCode.UNAVAILABLE, what, describe(io), cause);
    }
    return error(ErrorCode.UNAVAILABLE, what, "unexpected " + cause, cause);
  }

  /**
   * The error when a commit fails. After an error of the disk nobody knows what it kept; otherwise
   * nothing was written.
   */
  DataLayerException translateCommit(String what, Throwable failure) {
    boolean unknown =
        unwrap(failure) instanceof SQLException sql
            && basicCode(sql) == SQLiteErrorCode.SQLITE_IOERR;
    return unknown
        ? error(ErrorCode.OUTCOME_UNKNOWN, what, "the disk failed during the commit", failure)
        : translate(what, failure);
  }

  private DataLayerException translateSql(String what, SQLException failure) {
    return switch (basicCode(failure)) {
      case SQLITE_FULL -> error(ErrorCode.UNAVAILABLE, what, "the disk is full", failure);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          error(ErrorCode.UNAVAILABLE, what, "locked by another program", failure);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
          error(ErrorCode.UNAVAILABLE, what, store + " cannot be written", failure);
      case SQLITE_IOERR -> error(ErrorCode.UNAVAILABLE, what, "the disk failed", failure);
      case SQLITE_CORRUPT -> error(ErrorCode.CORRUPT, what, store + " is damaged", failure);
      case SQLITE_NOTADB ->
          error(ErrorCode.CORRUPT, what, store + " is no SQLite database", failure);
      case SQLITE_TOOBIG ->
          error(ErrorCode.TOO_LARGE, what, "larger than what SQLite holds", failure);
      default -> error(ErrorCode.UNAVAILABLE, what, "failed: " + failure.getMessage(), failure);
    };
  }

  private static SQLiteErrorCode basicCode(SQLException failure) {
    return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & BASIC);
  }

  private static String describe(IOException failure) {
    String reason =
        failure instanceof FileSystemException file && file.getReason() != null
            ? file.getReason()
            : String.valueOf(failure.getMessage());
    return reason.toLowerCase(Locale.ROOT).contains("no space left")
        ? "the disk is full"
        : failure.getClass().getSimpleName() + ": " + reason;
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof JdbiException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static DataLayerException error(
      ErrorCode code, String what, String problem, Throwable cause) {
    return new DataLayerException(code, what + ": " + problem, cause);
  }
}
