package dev.threadkeep.bootstrap.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads settings from the environment and, where that says nothing, from a properties file (UTF-8)
 * with the same names. An empty value is as good as none. All problems are collected, and none of
 * them repeats a secret.
 */
public final class SettingsReader {
  /** The option that names the file, in messages. */
  static final String CONFIG = "--config";

  private static final Set<Option<?>> MADE_IN_LOCAL_MODE =
      Set.of(Options.SERVICE_TOKEN, Options.AUTH_SECRET);

  private final Map<String, String> environment;
  private final Map<String, String> file = new HashMap<>();
  private final Map<Option<?>, Object> values = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The settings for a command.
   *
   * @param needed options that the command cannot do without; secrets are not needed in local mode,
   *     where {@link LocalSecrets} makes them
   * @throws SettingsException with all that is wrong
   */
  public static Settings read(
      Map<String, String> environment, Optional<Path> file, Set<Option<?>> needed) {
    SettingsReader reader = new SettingsReader(environment);
    file.ifPresent(reader::readFile);
    reader.checkNames();
    Options.ALL.forEach(reader::readOption);
    reader.checkNeeded(needed);
    reader.checkFiles();
    reader.checkPair(Options.AWS_ACCESS_KEY, Options.AWS_SECRET_KEY);
    reader.checkPair(Options.AWS_SECRET_KEY, Options.AWS_ACCESS_KEY);
    if (!reader.problems.isEmpty()) {
      throw new SettingsException(reader.problems);
    }
    return new Settings(reader.values);
  }

  private void readFile(Path path) {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(path)) {
      properties.load(text);
      properties.forEach((name, value) -> file.put((String) name, (String) value));
    } catch (CharacterCodingException notUtf8) {
      problems.add(CONFIG + ": " + path + " is not valid UTF-8");
    } catch (IOException unreadable) {
      problems.add(CONFIG + ": " + path + " cannot be read (" + unreadable + ")");
    } catch (IllegalArgumentException malformed) {
      problems.add(CONFIG + ": " + path + " is no properties file: " + malformed.getMessage());
    }
  }

  private void checkNames() {
    Set<String> unknown = new TreeSet<>(environment.keySet());
    unknown.removeIf(name -> !name.startsWith(Options.PREFIX));
    unknown.addAll(file.keySet());
    unknown.removeIf(Options::isKnown);
    for (String name : unknown) {
      problems.add(name + ": is not an option" + advice(name));
    }
  }

  private static String advice(String name) {
    if (name.startsWith("AWS_")) {
      return " of a file: the AWS SDK reads it from the environment, so set it there";
    }
    return Options.closestTo(name.toUpperCase(Locale.ROOT))
        .map(known -> "; did you mean " + known + "?")
        .orElse("; --help lists them all");
  }

  private void readOption(Option<?> option) {
    Optional<String> text = text(option.name()).or(() -> option.fallback().flatMap(this::text));
    try {
      values.put(option, option.reader().apply(text));
    } catch (IllegalArgumentException wrong) {
      problems.add(option.name() + ": " + wrong.getMessage());
    }
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isBlank())
        .or(() -> Optional.ofNullable(file.get(name)).filter(text -> !text.isBlank()));
  }

  private void checkNeeded(Set<Option<?>> needed) {
    Set<Option<?>> missing = new HashSet<>(needed);
    String why = "";
    if (values.get(Options.STORE) == StoreKind.DYNAMODB) {
      missing.add(Options.DYNAMODB_TABLE);
      why = " with " + Options.STORE.name() + "=dynamodb";
    } else {
      missing.removeAll(MADE_IN_LOCAL_MODE);
    }
    for (Option<?> option : Options.ALL) {
      if (missing.contains(option) && Optional.empty().equals(values.get(option))) {
        problems.add(option.name() + ": must be set" + why + " (" + option.meaning() + ")");
      }
    }
  }

  private void checkFiles() {
    Object files = values.get(Options.FILES);
    if (files == FilesKind.S3) {
      checkNeededForFiles(Options.S3_BUCKET, "s3");
    } else if (files == FilesKind.AZURE) {
      checkNeededForFiles(Options.AZURE_CONTAINER, "azure");
      if (!isPresent(Options.AZURE_CONNECTION_STRING)) {
        checkNeededForFiles(Options.AZURE_ACCOUNT, "azure");
      }
    }
  }

  private void checkNeededForFiles(Option<?> option, String kind) {
    if (!isPresent(option)) {
      problems.add(
          option.name()
              + ": must be set with "
              + Options.FILES.name()
              + "="
              + kind
              + " ("
              + option.meaning()
              + ")");
    }
  }

  private void checkPair(Option<?> one, Option<?> other) {
    if (Optional.empty().equals(values.get(one)) && isPresent(other)) {
      problems.add(one.name() + ": must be set, too, because " + other.name() + " is");
    }
  }

  private boolean isPresent(Option<?> option) {
    return values.get(option) instanceof Optional<?> value && value.isPresent();
  }
}
