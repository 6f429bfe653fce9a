package dev.threadkeep.bootstrap.settings;

import java.util.stream.Collectors;

/** The options as people read them. */
public final class OptionTable {
  private OptionTable() {}

  /** As the README has it: a table in Markdown, each line ended. */
  public static String markdown() {
    return Options.ALL.stream()
        .map(
            option ->
                "| `%s` | %s | %s |\n"
                    .formatted(option.name(), option.whenUnset(), option.meaning())
                    .replace("|  |", "| |"))
        .collect(
            Collectors.joining(
                "", "| name | default | meaning |\n|---|---|---|\n".formatted(), ""));
  }

  /** As a terminal shows it: name and meaning, with the default in brackets. */
  public static String plain() {
    return Options.ALL.stream()
        .map(
            option ->
                "  %s\n      %s%s\n"
                    .formatted(
                        option.name(),
                        option.meaning(),
                        option.whenUnset().isEmpty() ? "" : " [" + option.whenUnset() + "]"))
        .collect(Collectors.joining())
        .replace("`", "");
  }
}
