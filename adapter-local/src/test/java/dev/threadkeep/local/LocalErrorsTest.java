package dev.threadkeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;

class LocalErrorsTest {
  private static final LocalErrors ERRORS = new LocalErrors(Path.of("data", "threadkeep.db"));

  @ParameterizedTest
  @CsvSource({
    "SQLITE_FULL, UNAVAILABLE, the disk is full",
    "SQLITE_BUSY, UNAVAILABLE, locked by another program",
    "SQLITE_BUSY_SNAPSHOT, UNAVAILABLE, locked by another program",
    "SQLITE_LOCKED, UNAVAILABLE, locked by another program",
    "SQLITE_READONLY, UNAVAILABLE, data/threadkeep.db cannot be written",
    "SQLITE_CANTOPEN, UNAVAILABLE, data/threadkeep.db cannot be written",
    "SQLITE_IOERR_FSYNC, UNAVAILABLE, the disk failed",
    "SQLITE_CORRUPT, CORRUPT, data/threadkeep.db is damaged",
    "SQLITE_CORRUPT_INDEX, CORRUPT, data/threadkeep.db is damaged",
    "SQLITE_NOTADB, CORRUPT, data/threadkeep.db is no SQLite database",
    "SQLITE_TOOBIG, TOO_LARGE, larger than what SQLite holds",
    "SQLITE_CONSTRAINT, UNAVAILABLE, failed: why",
  })
  void codesOfSqliteShouldBeTold(SQLiteErrorCode code, ErrorCode expected, String problem) {
    DataLayerException error = ERRORS.translate("save", sql(code));

    assertThat(error.code()).isEqualTo(expected);
    assertThat(error.getMessage().replace('\\', '/')).isEqualTo("save: " + problem);
    assertThat(error).hasRootCauseInstanceOf(SQLException.class);
  }

  @Test
  void whatWrapsAFailureShouldBeTakenOff() {
    DataLayerException ours = DataLayerException.notFound("step", "s");

    assertThat(ERRORS.translate("save", new CompletionException(ours))).isSameAs(ours);
    assertThat(
            ERRORS.translate(
                "save",
                new CompletionException(new ConnectionException(sql(SQLiteErrorCode.SQLITE_FULL)))))
        .hasMessage("save: the disk is full");
  }

  @Test
  void aDiskThatFailsDuringACommitShouldLeaveTheOutcomeUnknown() {
    DataLayerException unknown =
        ERRORS.translateCommit("commit", sql(SQLiteErrorCode.SQLITE_IOERR_FSYNC));
    assertThat(unknown.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(unknown).hasMessage("commit: the disk failed during the commit");

    DataLayerException known = ERRORS.translateCommit("commit", sql(SQLiteErrorCode.SQLITE_FULL));
    assertThat(known.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(known).hasMessage("commit: the disk is full");
  }

  @Test
  void failuresOfFilesShouldBeTold() {
    assertThat(unavailable(new FileSystemException("f", null, "No space left on device")))
        .isEqualTo("save: the disk is full");
    assertThat(unavailable(new IOException("No space left on device")))
        .isEqualTo("save: the disk is full");
    assertThat(unavailable(new AccessDeniedException("data/files")))
        .isEqualTo("save: AccessDeniedException: data/files");
  }

  @Test
  void whatNobodyExpectsShouldBeOurErrorToo() {
    assertThat(unavailable(new RejectedExecutionException()))
        .isEqualTo("save: the store is closed");
    assertThat(unavailable(new IllegalStateException("oops")))
        .isEqualTo("save: unexpected java.lang.IllegalStateException: oops");
  }

  private static String unavailable(Throwable failure) {
    DataLayerException error = ERRORS.translate("save", failure);
    assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    return error.getMessage();
  }

  private static SQLException sql(SQLiteErrorCode code) {
    return new SQLException("why", null, code.code);
  }
}
