package dev.threadkeep.bootstrap;

import dev.threadkeep.bootstrap.settings.Option;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.settings.SettingsReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The option {@code --config} that all commands share, as a mixin for them. */
final class ConfigOption {
  private final Map<String, String> environment;

  @CommandLine.Option(
      names = "--config",
      paramLabel = "FILE",
      description = "properties file; the environment wins over it")
  private @Nullable Path file;

  ConfigOption(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The settings for a command.
   *
   * @param needed what the command cannot do without
   * @param arguments what the command line says; it wins over the environment
   * @throws dev.threadkeep.bootstrap.settings.SettingsException with all that is wrong
   */
  Settings read(Set<Option<?>> needed, Map<Option<?>, String> arguments) {
    Map<String, String> texts = new HashMap<>(environment);
    arguments.forEach((option, text) -> texts.put(option.name(), text));
    return SettingsReader.read(texts, Optional.ofNullable(file), needed);
  }
}
