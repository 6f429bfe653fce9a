package dev.threadkeep.bootstrap.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of all options; parsing, the documentation and the check of names follow it. */
public final class Options {
  /** What the names of our own options begin with. */
  public static final String PREFIX = "THREADKEEP_";

  public static final Option<StoreKind> STORE =
      Option.of(
          "THREADKEEP_STORE", "local", "`local` or `dynamodb`", Values.choice(StoreKind.class));
  public static final Option<FilesKind> FILES =
      Option.of(
          "THREADKEEP_FILES",
          "local",
          "`local`, `s3`, `azure` or `none`",
          Values.choice(FilesKind.class));
  public static final Option<Path> DATA_DIR =
      Option.of(
          "THREADKEEP_DATA_DIR",
          "./threadkeep-data",
          "folder of the local store, of local files, and of the secrets made on first start",
          Values::path);
  public static final Option<String> HOST =
      Option.of("THREADKEEP_HOST", "127.0.0.1", "address to listen on", text -> text);
  public static final Option<Integer> PORT =
      Option.of(
          "THREADKEEP_PORT",
          "8080",
          "port to listen on; `0` takes a free one",
          Values.number(0, 65_535));
  public static final Option<Optional<String>> DYNAMODB_TABLE =
      Option.optional(
          "THREADKEEP_DYNAMODB_TABLE", "name of the table, needed with `dynamodb`", Values::table);
  public static final Option<Optional<String>> S3_BUCKET =
      Option.<String>optional("THREADKEEP_S3_BUCKET", "bucket of the files", text -> text)
          .orElse("BUCKET_NAME");
  public static final Option<Optional<String>> AZURE_CONTAINER =
      Option.<String>optional("THREADKEEP_AZURE_CONTAINER", "container of the files", text -> text)
          .orElse("BUCKET_NAME");
  public static final Option<Optional<Secret>> AZURE_CONNECTION_STRING =
      Option.secret(
          "THREADKEEP_AZURE_CONNECTION_STRING",
          "with the account's key, or a SAS; or account and key below, or the platform's identity",
          Secret::new);
  public static final Option<Optional<Secret>> SERVICE_TOKEN =
      Option.secret(
              "THREADKEEP_SERVICE_TOKEN",
              "what chat back ends call with, at least 32 characters; needed with `dynamodb`",
              Values::token)
          .whenUnset("made and kept in local mode");
  public static final Option<Optional<Secret>> AUTH_SECRET =
      Option.secret(
              "CHAINLIT_AUTH_SECRET",
              "what people's tokens are signed with, as Chainlit's; needed with `dynamodb`",
              Secret::new)
          .whenUnset("made and kept in local mode");
  public static final Option<Duration> URL_EXPIRY =
      Option.of(
          "STORAGE_EXPIRY_TIME",
          "3600",
          "seconds that a signed URL lives, at most a week",
          Values.number(1, 604_800).andThen(Duration::ofSeconds));
  public static final Option<Optional<URI>> PUBLIC_URL =
      Option.optional(
          "THREADKEEP_PUBLIC_URL",
          "address that browsers use, when a proxy stands before",
          Values::address);
  public static final Option<Optional<String>> FILES_PREFIX =
      Option.optional(
          "THREADKEEP_FILES_PREFIX",
          "what our keys begin with, for a bucket shared with others",
          Values::prefix);
  public static final Option<Long> MAX_BODY =
      Option.of(
          "THREADKEEP_MAX_BODY",
          "32MB",
          "largest JSON body of a request",
          Values.size("1KB", "1GB"));
  public static final Option<Long> MAX_UPLOAD =
      Option.of("THREADKEEP_MAX_UPLOAD", "5GB", "largest file", Values.size("1KB", "5000GB"));
  public static final Option<Duration> REQUEST_TIMEOUT =
      Option.of(
          "THREADKEEP_REQUEST_TIMEOUT",
          "60s",
          "time after which a request is given up",
          Values.duration("1s", "1h"));
  public static final Option<Duration> ACTIVITY_INTERVAL =
      Option.of(
          "THREADKEEP_ACTIVITY_INTERVAL",
          "5m",
          "how often at most new messages move a thread to the top of its list",
          Values.duration("0s", "1d"));
  public static final Option<Optional<ThreadLife>> RETENTION =
      Option.optional(
          "THREADKEEP_RETENTION",
          "how long a new thread is kept, as `90d`; `explicit` where only those expire that are given"
              + " an `expiresAt`; all threads stay, and may not be given one, unless this is set",
          ThreadLife::parse);
  public static final Option<Duration> SWEEP_INTERVAL =
      Option.of(
          "THREADKEEP_SWEEP_INTERVAL",
          "1d",
          "how often the server removes what has expired, where threads do; `0s` for never",
          Values.duration("0s", "30d"));
  public static final Option<String> COOKIE_NAME =
      Option.of(
          "CHAINLIT_AUTH_COOKIE_NAME",
          "access_token",
          "cookie that holds a person's token, as Chainlit's",
          Values::cookie);
  public static final Option<SameSite> COOKIE_SAMESITE =
      Option.of(
          "CHAINLIT_COOKIE_SAMESITE",
          "lax",
          "`lax`, `strict` or `none`, as Chainlit's",
          Values.choice(SameSite.class));
  public static final Option<Optional<String>> AWS_REGION =
      Option.<String>optional(
              "APP_AWS_REGION", "region, where AWS's own chain finds none", text -> text)
          .whenUnset("`us-east-1`");
  public static final Option<Optional<Secret>> AWS_ACCESS_KEY =
      Option.secret("APP_AWS_ACCESS_KEY", "key, where AWS's own chain finds none", Secret::new);
  public static final Option<Optional<Secret>> AWS_SECRET_KEY =
      Option.secret("APP_AWS_SECRET_KEY", "the secret of that key", Secret::new);
  public static final Option<Optional<URI>> AWS_ENDPOINT =
      Option.optional(
          "DEV_AWS_ENDPOINT", "address of S3, where AWS's own chain names none", Values::address);
  public static final Option<Optional<String>> AZURE_ACCOUNT =
      Option.optional("APP_AZURE_STORAGE_ACCOUNT", "account of the container", text -> text);
  public static final Option<Optional<Secret>> AZURE_KEY =
      Option.secret("APP_AZURE_STORAGE_ACCESS_KEY", "key of that account", Secret::new);

  /** All of them, in the order in which they are explained. */
  public static final List<Option<?>> ALL =
      List.of(
          STORE,
          FILES,
          DATA_DIR,
          HOST,
          PORT,
          DYNAMODB_TABLE,
          S3_BUCKET,
          AZURE_CONTAINER,
          AZURE_CONNECTION_STRING,
          SERVICE_TOKEN,
          AUTH_SECRET,
          URL_EXPIRY,
          PUBLIC_URL,
          FILES_PREFIX,
          MAX_BODY,
          MAX_UPLOAD,
          REQUEST_TIMEOUT,
          ACTIVITY_INTERVAL,
          RETENTION,
          SWEEP_INTERVAL,
          COOKIE_NAME,
          COOKIE_SAMESITE,
          AWS_REGION,
          AWS_ACCESS_KEY,
          AWS_SECRET_KEY,
          AWS_ENDPOINT,
          AZURE_ACCOUNT,
          AZURE_KEY);

  /** Letters by which a name may differ from the one that was meant. */
  private static final int TYPING_ERRORS = 3;

  private Options() {}

  /** Whether an option is read under this name. */
  static boolean isKnown(String name) {
    return names().anyMatch(name::equals);
  }

  /** The name that somebody may have meant who wrote another one: with more words, or nearly it. */
  static Optional<String> closestTo(String name) {
    List<String> words = List.of(name.split("_"));
    return names()
        .filter(known -> words.size() > 1 && List.of(known.split("_")).containsAll(words))
        .findFirst()
        .or(
            () ->
                names()
                    .filter(known -> EditDistance.between(known, name) <= TYPING_ERRORS)
                    .min(Comparator.comparingInt(known -> EditDistance.between(known, name))));
  }

  private static Stream<String> names() {
    return ALL.stream()
        .flatMap(option -> Stream.concat(Stream.of(option.name()), option.fallback().stream()));
  }
}
