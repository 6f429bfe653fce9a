package dev.threadkeep.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final Set<Option<?>> FOR_SERVING =
      Set.of(Options.SERVICE_TOKEN, Options.AUTH_SECRET);

  @TempDir Path folder;

  @Test
  void nothingSetShouldGiveTheDefaults() {
    Settings settings = read(Map.of());

    assertThat(settings.get(Options.STORE)).isEqualTo(StoreKind.LOCAL);
    assertThat(settings.isLocal()).isTrue();
    assertThat(settings.get(Options.FILES)).isEqualTo(FilesKind.LOCAL);
    assertThat(settings.get(Options.DATA_DIR)).isEqualTo(Path.of("./threadkeep-data"));
    assertThat(settings.get(Options.HOST)).isEqualTo("127.0.0.1");
    assertThat(settings.get(Options.PORT)).isEqualTo(8080);
    assertThat(settings.get(Options.URL_EXPIRY)).isEqualTo(Duration.ofHours(1));
    assertThat(settings.get(Options.MAX_BODY)).isEqualTo(32L * 1024 * 1024);
    assertThat(settings.get(Options.MAX_UPLOAD)).isEqualTo(5L * 1024 * 1024 * 1024);
    assertThat(settings.get(Options.REQUEST_TIMEOUT)).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.get(Options.ACTIVITY_INTERVAL)).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.get(Options.RETENTION)).isEmpty();
    assertThat(settings.get(Options.SWEEP_INTERVAL)).isEqualTo(Duration.ofDays(1));
    assertThat(settings.get(Options.COOKIE_NAME)).isEqualTo("access_token");
    assertThat(settings.get(Options.COOKIE_SAMESITE)).isEqualTo(SameSite.LAX);
    assertThat(settings.get(Options.SERVICE_TOKEN)).isEmpty();
  }

  @Test
  void threadsMayExpireOnlyWhereTheySaySo() {
    Settings settings = read(Map.of("THREADKEEP_RETENTION", "Explicit"));

    assertThat(settings.get(Options.RETENTION)).contains(new ThreadLife(Optional.empty()));
    assertThat(settings.toString()).contains("THREADKEEP_RETENTION=explicit");
    assertThat(read(Map.of("THREADKEEP_RETENTION", "90d")).toString())
        .contains("THREADKEEP_RETENTION=PT2160H");
  }

  @Test
  void eachOptionShouldBeReadFromTheEnvironment() {
    Settings settings = read(everything());

    assertThat(settings.get(Options.STORE)).isEqualTo(StoreKind.DYNAMODB);
    assertThat(settings.isLocal()).isFalse();
    assertThat(settings.get(Options.FILES)).isEqualTo(FilesKind.NONE);
    assertThat(settings.get(Options.DATA_DIR)).isEqualTo(Path.of("/var/lib/chat"));
    assertThat(settings.get(Options.HOST)).isEqualTo("0.0.0.0");
    assertThat(settings.get(Options.PORT)).isEqualTo(9000);
    assertThat(settings.get(Options.DYNAMODB_TABLE)).contains("Chat_1.x-y");
    assertThat(settings.get(Options.S3_BUCKET)).contains("files");
    assertThat(settings.get(Options.AZURE_CONTAINER)).contains("container");
    assertThat(settings.get(Options.AZURE_CONNECTION_STRING)).contains(new Secret("hush-1"));
    assertThat(settings.get(Options.SERVICE_TOKEN)).contains(new Secret(TOKEN));
    assertThat(settings.get(Options.AUTH_SECRET))
        .contains(new Secret(" hush-2, with spaces around and long enough "));
    assertThat(settings.get(Options.URL_EXPIRY)).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.get(Options.PUBLIC_URL)).contains(URI.create("https://chat.example.org/a"));
    assertThat(settings.get(Options.FILES_PREFIX)).contains("chat/");
    assertThat(settings.get(Options.MAX_BODY)).isEqualTo(1_000_000);
    assertThat(settings.get(Options.MAX_UPLOAD)).isEqualTo(2L << 30);
    assertThat(settings.get(Options.REQUEST_TIMEOUT)).isEqualTo(Duration.ofMillis(2500));
    assertThat(settings.get(Options.ACTIVITY_INTERVAL)).isEqualTo(Duration.ZERO);
    assertThat(settings.get(Options.RETENTION))
        .contains(new ThreadLife(Optional.of(Duration.ofDays(90))));
    assertThat(settings.get(Options.SWEEP_INTERVAL)).isEqualTo(Duration.ofHours(6));
    assertThat(settings.get(Options.COOKIE_NAME)).isEqualTo("chat_token");
    assertThat(settings.get(Options.COOKIE_SAMESITE)).isEqualTo(SameSite.NONE);
    assertThat(settings.get(Options.AWS_REGION)).contains("eu-central-1");
    assertThat(settings.get(Options.AWS_ACCESS_KEY)).contains(new Secret("hush-3"));
    assertThat(settings.get(Options.AWS_SECRET_KEY)).contains(new Secret("hush-4"));
    assertThat(settings.get(Options.AWS_ENDPOINT)).contains(URI.create("http://localhost:9000"));
    assertThat(settings.get(Options.AZURE_ACCOUNT)).contains("account");
    assertThat(settings.get(Options.AZURE_KEY)).contains(new Secret("hush-5"));
    assertThat(everything().keySet()).hasSameSizeAs(Options.ALL);
  }

  @Test
  void secretsShouldNotBePrinted() {
    String printed = read(everything()).toString();

    assertThat(printed)
        .contains("THREADKEEP_SERVICE_TOKEN=***", "THREADKEEP_STORE=DYNAMODB")
        .doesNotContain("hush", TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "THREADKEEP_SERVICE_TOKEN=hush, a token of 32 characters that has spaces",
        "THREADKEEP_SERVICE_TOKEN=hush",
        "THREADKEEP_PUBLIC_URL=https://ada:hush@example.org",
        "APP_AWS_SECRET_KEY=hush",
        "THREADKEEP_SERVICE_TOKN=hush"
      })
  void problemsShouldNotRepeatWhatMayBeSecret(String wrong) {
    assertThat(problems(split(wrong))).singleElement().asString().doesNotContain("hush");
  }

  @Test
  void aFileShouldBeReadAndTheEnvironmentShouldWin() throws IOException {
    Path file =
        file("THREADKEEP_PORT = 9001\nTHREADKEEP_HOST=0.0.0.0\nTHREADKEEP_FILES_PREFIX=grüße/\n");

    Settings settings =
        SettingsReader.read(
            Map.of("THREADKEEP_PORT", "9002", "THREADKEEP_HOST", ""), Optional.of(file), Set.of());

    assertThat(settings.get(Options.PORT)).isEqualTo(9002);
    assertThat(settings.get(Options.HOST)).as("empty is as good as not set").isEqualTo("0.0.0.0");
    assertThat(settings.get(Options.FILES_PREFIX)).contains("grüße/");
  }

  @Test
  void everyNameOfAFileShouldBeKnown() throws IOException {
    Path file = file("BUCKET_NAME=files\nPATH=x\nAWS_REGION=eu-central-1\nSTORAGE_EXPIRY_TME=5\n");

    assertThat(problems(Map.of("PATH", "y", "AWS_REGION", "z"), Optional.of(file), Set.of()))
        .containsExactlyInAnyOrder(
            "PATH: is not an option; --help lists them all",
            "AWS_REGION: is not an option of a file: the AWS SDK reads it from the environment, so set"
                + " it there",
            "STORAGE_EXPIRY_TME: is not an option; did you mean STORAGE_EXPIRY_TIME?");
  }

  @Test
  void aFileThatCannotBeReadShouldBeOneProblemAmongOthers() {
    assertThat(
            problems(
                Map.of("THREADKEEP_PORT", "x"), Optional.of(folder.resolve("absent")), Set.of()))
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).startsWith("--config: ").contains("absent"));
  }

  @Test
  void aFileThatIsMalformedShouldBeAProblem() throws IOException {
    assertThat(problems(Map.of(), Optional.of(file("THREADKEEP_HOST=\\u00zz")), Set.of()))
        .singleElement()
        .asString()
        .contains("is no properties file");
    Path latin1 = folder.resolve("latin1");
    Files.writeString(
        latin1, "THREADKEEP_FILES_PREFIX=gr\u00fc\u00dfe", StandardCharsets.ISO_8859_1);
    assertThat(problems(Map.of(), Optional.of(latin1), Set.of()))
        .singleElement()
        .asString()
        .contains("is not valid UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "THREADKEEP_SERVICE_TOKN, ; did you mean THREADKEEP_SERVICE_TOKEN?",
    "THREADKEEP_S3_BUKCET, ; did you mean THREADKEEP_S3_BUCKET?",
    "THREADKEEP_TABLE, ; did you mean THREADKEEP_DYNAMODB_TABLE?",
    "THREADKEEP_port, ; did you mean THREADKEEP_PORT?",
    "THREADKEEP_COLOUR, ; --help lists them all",
    "THREADKEEP_, ; --help lists them all"
  })
  void unknownNamesShouldBeProblemsWithASuggestion(String name, String advice) {
    assertThat(problems(Map.of(name, "x"))).containsExactly(name + ": is not an option" + advice);
  }

  @Test
  void namesOfOthersShouldBeTheirBusiness() {
    assertThat(read(Map.of("CHAINLIT_URL", "x", "HOME", "/root", "AWS_REGION", "eu-central-1")))
        .isNotNull();
  }

  @Test
  void allProblemsShouldBeReportedAtOnce() {
    assertThat(
            problems(
                Map.of(
                    "THREADKEEP_STORE", "dynamodb",
                    "THREADKEEP_FILES", "s3",
                    "THREADKEEP_PORT", "http",
                    "THREADKEEP_HOTS", "x",
                    "APP_AWS_ACCESS_KEY", "x"),
                Optional.empty(),
                FOR_SERVING))
        .containsExactly(
            "THREADKEEP_HOTS: is not an option; did you mean THREADKEEP_HOST?",
            "THREADKEEP_PORT: must be a whole number from 0 to 65535, is \"http\"",
            "THREADKEEP_DYNAMODB_TABLE: must be set with THREADKEEP_STORE=dynamodb (name of the"
                + " table, needed with `dynamodb`)",
            "THREADKEEP_SERVICE_TOKEN: must be set with THREADKEEP_STORE=dynamodb (what chat back"
                + " ends call with, at least 32 characters; needed with `dynamodb`)",
            "CHAINLIT_AUTH_SECRET: must be set with THREADKEEP_STORE=dynamodb (what people's tokens"
                + " are signed with, as Chainlit's; needed with `dynamodb`)",
            "THREADKEEP_S3_BUCKET: must be set with THREADKEEP_FILES=s3 (bucket of the files)",
            "APP_AWS_SECRET_KEY: must be set, too, because APP_AWS_ACCESS_KEY is");
  }

  @Test
  void azureShouldNeedAContainerAndAWayToIt() {
    assertThat(problems(Map.of("THREADKEEP_FILES", "azure"), Optional.empty(), Set.of()))
        .satisfiesExactly(
            it -> assertThat(it).startsWith("THREADKEEP_AZURE_CONTAINER: must be set with"),
            it -> assertThat(it).startsWith("APP_AZURE_STORAGE_ACCOUNT: must be set with"));
    for (String way : List.of("THREADKEEP_AZURE_CONNECTION_STRING", "APP_AZURE_STORAGE_ACCOUNT")) {
      assertThat(read(Map.of("THREADKEEP_FILES", "azure", "BUCKET_NAME", "b", way, "x")))
          .isNotNull();
    }
  }

  @Test
  void theMessageShouldHaveAllProblems() {
    SettingsException wrong =
        catchThrowableOfType(
            SettingsException.class,
            () -> read(Map.of("THREADKEEP_PORT", "x", "THREADKEEP_STORE", "y")));

    assertThat(wrong)
        .hasMessageContaining("THREADKEEP_PORT: ")
        .hasMessageContaining("THREADKEEP_STORE: ");
  }

  @Test
  void secretsShouldBeNeededForServingATableOnly() {
    assertThat(SettingsReader.read(Map.of(), Optional.empty(), FOR_SERVING).isLocal()).isTrue();
    assertThat(read(Map.of("THREADKEEP_STORE", "dynamodb", "THREADKEEP_DYNAMODB_TABLE", "chat")))
        .isNotNull();
  }

  @Test
  void whatACommandNeedsShouldBeNeededInLocalModeToo() {
    assertThat(problems(Map.of(), Optional.empty(), Set.of(Options.DYNAMODB_TABLE)))
        .containsExactly(
            "THREADKEEP_DYNAMODB_TABLE: must be set (name of the table, needed with `dynamodb`)");
  }

  @Test
  void whatTheStoreDoesNotUseShouldBeNoProblem() {
    assertThat(read(Map.of("THREADKEEP_DYNAMODB_TABLE", "chat", "BUCKET_NAME", "b")).isLocal())
        .isTrue();
  }

  @Test
  void chainlitsBucketShouldBeTheFallback() {
    Settings settings = read(Map.of("BUCKET_NAME", "theirs", "THREADKEEP_AZURE_CONTAINER", "ours"));

    assertThat(settings.get(Options.S3_BUCKET)).contains("theirs");
    assertThat(settings.get(Options.AZURE_CONTAINER)).contains("ours");
  }

  @Test
  void theSchemeOfAnAddressShouldBeInSmallLetters() {
    assertThat(
            read(Map.of("THREADKEEP_PUBLIC_URL", "HTTPS://Chat.Example.org/A/"))
                .get(Options.PUBLIC_URL))
        .contains(URI.create("https://Chat.Example.org/A"))
        .map(URI::getScheme)
        .contains("https");
  }

  @Test
  void whatIsNeededLaterShouldBeAProblemWhereItIsNotSet() {
    SettingsException wrong =
        catchThrowableOfType(
            SettingsException.class,
            () -> read(Map.of()).need(Options.DYNAMODB_TABLE, "with a table"));

    assertThat(wrong.problems())
        .containsExactly(
            "THREADKEEP_DYNAMODB_TABLE: must be set with a table (name of the table, needed with"
                + " `dynamodb`)");
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024", "64kb, 65536", "3 MB, 3145728", "1GB, 1073741824"})
  void sizesShouldBeBytesOrHaveAUnit(String text, long bytes) {
    assertThat(read(Map.of("THREADKEEP_MAX_BODY", text)).get(Options.MAX_BODY)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"90s, 90000", "1500ms, 1500", "5M, 300000", "1h, 3600000", "PT1M30S, 90000"})
  void timesShouldHaveAUnit(String text, long millis) {
    assertThat(read(Map.of("THREADKEEP_REQUEST_TIMEOUT", text)).get(Options.REQUEST_TIMEOUT))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "THREADKEEP_STORE=postgres",
        "THREADKEEP_FILES=gcs",
        "THREADKEEP_PORT=-1",
        "THREADKEEP_PORT=65536",
        "THREADKEEP_PORT=99999999999999999999",
        "THREADKEEP_DATA_DIR=a\u0000b",
        "THREADKEEP_DYNAMODB_TABLE=ab",
        "THREADKEEP_DYNAMODB_TABLE=a table",
        "THREADKEEP_FILES_PREFIX=/chat",
        "THREADKEEP_FILES_PREFIX=a\u0007b",
        "THREADKEEP_PUBLIC_URL=chat.example.org",
        "THREADKEEP_PUBLIC_URL=ftp://chat.example.org",
        "THREADKEEP_PUBLIC_URL=https://",
        "THREADKEEP_PUBLIC_URL=https://chat.example.org?a=b",
        "THREADKEEP_PUBLIC_URL=https://chat example",
        "THREADKEEP_MAX_BODY=1023",
        "THREADKEEP_MAX_BODY=2GB",
        "THREADKEEP_MAX_BODY=32MiB",
        "THREADKEEP_MAX_UPLOAD=999999999999999999GB",
        "THREADKEEP_REQUEST_TIMEOUT=60",
        "THREADKEEP_REQUEST_TIMEOUT=0s",
        "THREADKEEP_REQUEST_TIMEOUT=2h",
        "THREADKEEP_ACTIVITY_INTERVAL=-PT1S",
        "THREADKEEP_ACTIVITY_INTERVAL=999999999999999d",
        "THREADKEEP_RETENTION=0s",
        "THREADKEEP_RETENTION=40000d",
        "THREADKEEP_RETENTION=none",
        "THREADKEEP_SWEEP_INTERVAL=-PT1S",
        "STORAGE_EXPIRY_TIME=0",
        "STORAGE_EXPIRY_TIME=604801",
        "CHAINLIT_COOKIE_SAMESITE=yes",
        "CHAINLIT_AUTH_COOKIE_NAME=a;b",
        "DEV_AWS_ENDPOINT=localhost:9000"
      })
  void whatIsWrongShouldBeOneProblemThatNamesTheOption(String wrong) {
    String name = wrong.substring(0, wrong.indexOf('='));

    assertThat(problems(split(wrong)))
        .singleElement()
        .asString()
        .startsWith(name + ": ")
        .containsAnyOf("must ", "is not available")
        .doesNotContainPattern("\\p{Cntrl}");
  }

  private static Map<String, String> everything() {
    return Map.ofEntries(
        Map.entry("THREADKEEP_STORE", "DynamoDB"),
        Map.entry("THREADKEEP_FILES", "none"),
        Map.entry("THREADKEEP_DATA_DIR", "/var/lib/chat"),
        Map.entry("THREADKEEP_HOST", " 0.0.0.0 "),
        Map.entry("THREADKEEP_PORT", "9000"),
        Map.entry("THREADKEEP_DYNAMODB_TABLE", "Chat_1.x-y"),
        Map.entry("THREADKEEP_S3_BUCKET", "files"),
        Map.entry("THREADKEEP_AZURE_CONTAINER", "container"),
        Map.entry("THREADKEEP_AZURE_CONNECTION_STRING", "hush-1"),
        Map.entry("THREADKEEP_SERVICE_TOKEN", TOKEN),
        Map.entry("CHAINLIT_AUTH_SECRET", " hush-2, with spaces around and long enough "),
        Map.entry("STORAGE_EXPIRY_TIME", "60"),
        Map.entry("THREADKEEP_PUBLIC_URL", "https://chat.example.org/a/"),
        Map.entry("THREADKEEP_FILES_PREFIX", "chat/"),
        Map.entry("THREADKEEP_MAX_BODY", "1000000"),
        Map.entry("THREADKEEP_MAX_UPLOAD", "2GB"),
        Map.entry("THREADKEEP_REQUEST_TIMEOUT", "PT2.5S"),
        Map.entry("THREADKEEP_ACTIVITY_INTERVAL", "0s"),
        Map.entry("THREADKEEP_RETENTION", "90d"),
        Map.entry("THREADKEEP_SWEEP_INTERVAL", "6h"),
        Map.entry("CHAINLIT_AUTH_COOKIE_NAME", "chat_token"),
        Map.entry("CHAINLIT_COOKIE_SAMESITE", "none"),
        Map.entry("APP_AWS_REGION", "eu-central-1"),
        Map.entry("APP_AWS_ACCESS_KEY", "hush-3"),
        Map.entry("APP_AWS_SECRET_KEY", "hush-4"),
        Map.entry("DEV_AWS_ENDPOINT", "http://localhost:9000"),
        Map.entry("APP_AZURE_STORAGE_ACCOUNT", "account"),
        Map.entry("APP_AZURE_STORAGE_ACCESS_KEY", "hush-5"));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("threadkeep.properties"), text);
  }

  private static Map<String, String> split(String assignment) {
    int equals = assignment.indexOf('=');
    return Map.of(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  private static Settings read(Map<String, String> environment) {
    return SettingsReader.read(environment, Optional.empty(), Set.of());
  }

  private static List<String> problems(Map<String, String> environment) {
    return problems(environment, Optional.empty(), Set.of());
  }

  private static List<String> problems(
      Map<String, String> environment, Optional<Path> file, Set<Option<?>> needed) {
    return catchThrowableOfType(
            SettingsException.class, () -> SettingsReader.read(environment, file, needed))
        .problems();
  }
}
