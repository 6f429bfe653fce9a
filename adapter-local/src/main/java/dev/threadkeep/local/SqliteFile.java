package dev.threadkeep.local;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/**
 * The database file: refuses what is not ours, brings its tables up to date, and opens connections
 * on which a commit is on disk when it returns.
 */
final class SqliteFile {
  static final String NAME = "threadkeep.db";

  /** {@code Thkp}: how this file tells itself from other SQLite databases. */
  static final int APPLICATION_ID = 0x54686b70;

  /**
   * How the tables of each version come from those of the one before; the first makes version 1.
   */
  private static final List<String> MIGRATIONS =
      List.of(
          "001-tables.sql",
          "002-files-left.sql",
          "003-entries.sql",
          "004-expiry.sql",
          "005-uppermost-entry.sql");

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.local");

  private final Path path;
  private final Jdbi jdbi;

  private SqliteFile(Path path) {
    this.path = path;
    SQLiteDataSource source = new SQLiteDataSource(); // no DriverManager, which has to find drivers
    source.setUrl("jdbc:sqlite:" + path.toUri()); // encoded: the driver takes what follows a "?"
    this.jdbi = Jdbi.create(source).registerArgument(new IdArgument());
  }

  /**
   * The database of a folder, made where there is none, its tables as this version needs them.
   *
   * @throws DataLayerException {@code CORRUPT} for a file that is no database of ours or of a newer
   *     version; that file is not touched
   */
  static SqliteFile prepare(Path folder) throws IOException {
    SqliteFile file = new SqliteFile(folder.resolve(NAME));
    PrivateFiles.createFile(file.path);
    int version = file.checkVersion();
    try (Handle handle = file.connect()) {
      while (version < MIGRATIONS.size()) {
        version++;
        migrate(handle, version);
        log.info("{} has the tables of version {} now", file.path, version);
      }
    }
    return file;
  }

  Path path() {
    return path;
  }

  /** A connection with the settings of {@link #settings}, each of them asked back. */
  Handle connect() {
    Handle handle = jdbi.open();
    try {
      settings().forEach((name, value) -> set(handle, name, value));
      return handle;
    } catch (RuntimeException failure) {
      handle.close();
      throw failure;
    }
  }

  /** What makes a commit durable, and the foreign keys: SQLite has both off for each connection. */
  static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("busy_timeout", "5000"); // milliseconds; first, for the others may have to wait
    settings.put("journal_mode", "wal");
    settings.put("synchronous", "2"); // FULL: the log is synced before a commit returns
    settings.put("fullfsync", "1"); // macOS: past the cache of the drive; nothing elsewhere
    settings.put("foreign_keys", "1");
    return settings;
  }

  /** Where a file system cannot do what a setting needs, SQLite says nothing and does without. */
  private void set(Handle handle, String name, String value) {
    handle.execute("PRAGMA " + name + " = " + value);
    String actual = pragma(handle, name);
    if (!actual.equals(value)) {
      throw new DataLayerException(
          ErrorCode.UNAVAILABLE,
          path + ": " + name + " stays " + actual + ", durable storage needs " + value);
    }
  }

  private int checkVersion() {
    try (Handle handle = jdbi.open()) {
      int application = Integer.parseInt(pragma(handle, "application_id"));
      int version = Integer.parseInt(pragma(handle, "user_version"));
      boolean fresh = application == 0 && version == 0 && isEmpty(handle);
      if (application != APPLICATION_ID && !fresh) {
        throw refuse("is a database of another program");
      }
      if (version > MIGRATIONS.size()) {
        throw refuse(
            "has the tables of version "
                + version
                + ", this program knows versions up to "
                + MIGRATIONS.size()
                + ": use a newer one");
      }
      return version;
    }
  }

  private DataLayerException refuse(String problem) {
    return new DataLayerException(ErrorCode.CORRUPT, path + " " + problem);
  }

  private static boolean isEmpty(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM sqlite_schema").mapTo(Integer.class).one() == 0;
  }

  private static String pragma(Handle handle, String name) {
    return handle.createQuery("PRAGMA " + name).mapTo(String.class).one();
  }

  private static void migrate(Handle handle, int version) {
    handle.execute("BEGIN IMMEDIATE");
    handle.createScript(resource(MIGRATIONS.get(version - 1))).execute();
    handle.execute("PRAGMA application_id = " + APPLICATION_ID);
    handle.execute("PRAGMA user_version = " + version);
    handle.execute("COMMIT");
  }

  private static String resource(String name) {
    try (InputStream in = SqliteFile.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
