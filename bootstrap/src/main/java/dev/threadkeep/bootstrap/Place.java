package dev.threadkeep.bootstrap;

import dev.threadkeep.bootstrap.settings.Option;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Secret;
import dev.threadkeep.bootstrap.settings.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where chats and files are kept, as a text that tells one place from another and no secret. */
final class Place {
  private static final List<Option<?>> OPTIONS =
      List.of(
          Options.STORE,
          Options.FILES,
          Options.DATA_DIR,
          Options.DYNAMODB_TABLE,
          Options.S3_BUCKET,
          Options.AWS_REGION,
          Options.AWS_ENDPOINT,
          Options.AZURE_CONTAINER,
          Options.AZURE_ACCOUNT,
          Options.AZURE_CONNECTION_STRING,
          Options.FILES_PREFIX);

  /** What says in a connection string where; the rest is keys, or says how. */
  private static final Set<String> WHERE = Set.of("accountname", "blobendpoint", "endpointsuffix");

  private Place() {}

  /** The place that the settings name. */
  static String of(Settings settings) {
    return OPTIONS.stream().map(it -> text(settings.get(it))).collect(Collectors.joining("|"));
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Place::text).orElse("");
    } else if (value instanceof Secret connection) {
      return where(connection.value());
    }
    return value instanceof Path path
        ? path.toAbsolutePath().normalize().toString()
        : value.toString();
  }

  private static String where(String connection) {
    return Arrays.stream(connection.split(";", -1))
        .map(String::strip)
        .filter(part -> WHERE.contains(name(part)))
        .map(part -> part.replaceFirst("\\?.*", "")) // an endpoint may end with a SAS
        .collect(Collectors.joining(";"));
  }

  private static String name(String part) {
    return part.replaceFirst("=.*", "").strip().toLowerCase(Locale.ROOT);
  }
}
