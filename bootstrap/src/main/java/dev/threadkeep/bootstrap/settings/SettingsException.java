package dev.threadkeep.bootstrap.settings;

import java.util.List;

/** Everything that is wrong with a configuration. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems what is wrong and how to mend it, each in one line that begins with a name
   */
  SettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** The same about a file that another option names than {@code --config}. */
  public SettingsException inOption(String option) {
    return new SettingsException(
        problems.stream()
            .map(it -> option + ": " + it.replaceFirst("^" + SettingsReader.CONFIG + ": ", ""))
            .toList());
  }

  public List<String> problems() {
    return problems;
  }
}
