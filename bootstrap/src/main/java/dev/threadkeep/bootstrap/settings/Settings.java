package dev.threadkeep.bootstrap.settings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A value for each option: complete, and right as far as that can be told without trying. */
public final class Settings {
  private static final int SHORT_SECRET = 32;

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

  /** What works and is still unwise; to be said loudly at start. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    get(Options.AUTH_SECRET)
        .map(secret -> secret.value().getBytes(StandardCharsets.UTF_8).length)
        .filter(bytes -> bytes < SHORT_SECRET)
        .ifPresent(
            bytes ->
                warnings.add(
                    Options.AUTH_SECRET.name()
                        + ": has "
                        + bytes
                        + " bytes; tokens signed with less than "
                        + SHORT_SECRET
                        + " can be forged by guessing. `openssl rand -hex 32` makes a better one"));
    return warnings;
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
