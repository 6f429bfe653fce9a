package dev.threadkeep.local;

import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Binds ids. One that is no Unicode cannot have been stored; it is bound as NULL, which equals no
 * key, because the driver would write {@code ?} for what it cannot encode and find another's row.
 */
final class IdArgument implements ArgumentFactory {
  @Override
  public Optional<Argument> build(Type type, Object value, ConfigRegistry config) {
    return idText(value)
        .map(
            text ->
                (position, statement, context) -> statement.setString(position, encodable(text)));
  }

  private static Optional<String> idText(@Nullable Object value) {
    if (value instanceof ThreadId id) {
      return Optional.of(id.value());
    } else if (value instanceof StepId id) {
      return Optional.of(id.value());
    } else if (value instanceof ElementId id) {
      return Optional.of(id.value());
    } else if (value instanceof UserId id) {
      return Optional.of(id.value());
    }
    return Optional.empty();
  }

  private static @Nullable String encodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : null;
  }
}
