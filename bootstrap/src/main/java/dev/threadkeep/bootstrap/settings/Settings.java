package dev.threadkeep.bootstrap.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A value for each option: complete, and right as far as that can be told without trying. */
public final class Settings {
  private final Map<Option<?>, Object> values;

  /**
   * @param values a value of its type for each option
   */
  Settings(Map<Option<?>, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** The value of an option. */
  @SuppressWarnings("unchecked") // the reader puts what the option's own parser returned
  public <T> T get(Option<T> option) {
    return (T) value(option);
  }

  /** Whether the data is kept on this machine, so that absent secrets are made and kept, too. */
  public boolean isLocal() {
    return get(Options.STORE) == StoreKind.LOCAL;
  }

  /**
   * The value of an option that may be left out, but not here.
   *
   * @param why goes on after {@code must be set}
   * @throws SettingsException when it is not set
   */
  public <T> T need(Option<Optional<T>> option, String why) {
    return get(option)
        .orElseThrow(
            () ->
                new SettingsException(
                    List.of(
                        option.name() + ": must be set " + why + " (" + option.meaning() + ")")));
  }

  /** Each option that has a value; secrets as stars. */
  @Override
  public String toString() {
    return Options.ALL.stream()
        .filter(option -> !value(option).equals(Optional.empty()))
        .map(option -> option.name() + "=" + shown(value(option)))
        .collect(Collectors.joining(", "));
  }

  private Object value(Option<?> option) {
    return Objects.requireNonNull(values.get(option), option.name());
  }

  private static Object shown(Object value) {
    return value instanceof Optional<?> optional ? optional.orElseThrow() : value;
  }
}
