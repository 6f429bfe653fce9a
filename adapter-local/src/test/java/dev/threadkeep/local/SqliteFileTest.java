package dev.threadkeep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.contract.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve(SqliteFile.NAME);
  }

  @Test
  void openShouldMakeTheTablesOfThisVersion() {
    Database.open(folder).close();

    assertThat(ask("PRAGMA user_version")).isEqualTo("5");
    assertThat(ask("PRAGMA application_id")).isEqualTo(Integer.toString(SqliteFile.APPLICATION_ID));
    assertThat(
            ask(
                "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)"))
        .isEqualTo("element,entry,step,thread,user");
  }

  @Test
  void openShouldKeepWhatIsThere() {
    Database.open(folder).close();
    change("INSERT INTO user (id, body) VALUES ('ada', '{}')");
    Database.open(folder).close();

    assertThat(ask("SELECT id FROM user")).isEqualTo("ada");
  }

  @Test
  void whatAnEarlierVersionHasShouldBeInTheListsOfThisOne() throws IOException {
    makeEarlier("001-tables.sql", "002-files-left.sql");
    change("INSERT INTO thread VALUES ('t', 'ada', '2026-03-01', 'A', '{\"id\":\"t\"}', NULL)");
    change("INSERT INTO step VALUES ('t', 'liked', 0, '{\"feedback\":{\"value\":1}}')");
    change("INSERT INTO step VALUES ('t', 'favorite', 1, '{}'), ('t', 'damaged', 0, 'no JSON')");

    Database.open(folder).close();

    assertThat(
            ask(
                "SELECT group_concat(step || ' ' || list || ' ' || value || ' ' || owner || ' ' || activity)"
                    + " FROM (SELECT * FROM entry ORDER BY step)"))
        .isEqualTo("favorite favorite 1 ada 2026-03-01,liked feedback 1 ada 2026-03-01");
    assertThat(ask("SELECT count(*) FROM step")).isEqualTo("3");
  }

  @Test
  void noThreadOfAnEarlierVersionShouldExpire() throws IOException {
    makeEarlier("001-tables.sql", "002-files-left.sql", "003-entries.sql");
    change(
        "INSERT INTO thread (id, body) VALUES"
            + " ('t', '{\"id\":\"t\",\"expiresAt\":\"2001-01-01T00:00:00Z\",\"a\":1}'), ('u', 'no JSON')");

    Database.open(folder).close();

    assertThat(ask("SELECT body FROM thread WHERE id = 't'")).isEqualTo("{\"id\":\"t\",\"a\":1}");
    assertThat(ask("SELECT count(*) FROM thread WHERE expires IS NULL")).isEqualTo("2");
  }

  @Test
  void openShouldTakeAnEmptyFile() throws IOException {
    Files.createFile(file);
    Database.open(folder).close();

    assertThat(ask("PRAGMA user_version")).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a?journal_mode=off", "a#b", "a%20b", "a b", "é😀", "a:b", "'; --"})
  void anyNameOfAFolderShouldDo(String name) {
    Path named = folder.resolve(name);
    Database.open(named).close();

    assertThat(named.resolve(SqliteFile.NAME)).isNotEmptyFile();
  }

  @Test
  void aFileOfANewerVersionShouldBeRefusedAndNotTouched() throws IOException {
    Database.open(folder).close();
    change("PRAGMA user_version = 7");

    assertRefused(file + " has the tables of version 7, this program knows versions up to 5");
  }

  @Test
  void aDatabaseOfAnotherProgramShouldBeRefusedAndNotTouched() throws IOException {
    change("CREATE TABLE song (title TEXT)");

    assertRefused(file + " is a database of another program");
  }

  @Test
  void aMarkedDatabaseOfAnotherProgramShouldBeRefusedAndNotTouched() throws IOException {
    change("PRAGMA application_id = 42");

    assertRefused(file + " is a database of another program");
  }

  @Test
  void aFileThatIsNoDatabaseShouldBeRefusedAndNotTouched() throws IOException {
    Files.writeString(file, "My dear diary, ".repeat(1_000));

    assertRefused("open " + folder + ": " + file + " is no SQLite database");
  }

  @Test
  void aDamagedDatabaseShouldBeNamed() throws IOException {
    Database.open(folder).close();
    change("INSERT INTO user (id, body) VALUES ('ada', '" + "x".repeat(100_000) + "')");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4_096, bytes.length, (byte) 0x5a); // all but the first page
    Files.write(file, bytes);

    try (Database database = Database.open(folder)) {
      DataLayerException error =
          Await.failure(
              () ->
                  database.read(
                      "read",
                      handle ->
                          handle.createQuery("SELECT body FROM user").mapTo(String.class).list()));
      assertThat(error).hasMessage("read: " + file + " is damaged");
      assertThat(error.code()).isEqualTo(ErrorCode.CORRUPT);
    }
  }

  private void assertRefused(String message) throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThatExceptionOfType(DataLayerException.class)
        .isThrownBy(() -> Database.open(folder))
        .withMessageStartingWith(message)
        .extracting(DataLayerException::code)
        .isEqualTo(ErrorCode.CORRUPT);
    assertThat(file).hasBinaryContent(before);
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names.map(it -> it.getFileName().toString()).sorted().toList())
          .isEqualTo(List.of(".lock", SqliteFile.NAME));
    }
  }

  private String ask(String query) {
    try (Handle handle = Jdbi.open("jdbc:sqlite:" + file)) {
      return handle.createQuery(query).mapTo(String.class).one();
    }
  }

  /** A database of an earlier version, whose tables these scripts make. */
  private void makeEarlier(String... scripts) throws IOException {
    for (String version : scripts) {
      try (InputStream script = SqliteFile.class.getResourceAsStream(version);
          Handle handle = Jdbi.open("jdbc:sqlite:" + file)) {
        handle.createScript(new String(script.readAllBytes(), StandardCharsets.UTF_8)).execute();
      }
    }
    change("PRAGMA application_id = " + SqliteFile.APPLICATION_ID);
    change("PRAGMA user_version = " + scripts.length);
  }

  private void change(String statement) {
    try (Handle handle = Jdbi.open("jdbc:sqlite:" + file)) {
      handle.execute(statement);
    }
  }
}
