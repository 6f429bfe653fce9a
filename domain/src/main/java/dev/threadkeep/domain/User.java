package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonObject;
import java.util.Optional;
import org.immutables.value.Value;

/** A person who chats; in JSON {@code id} and {@code identifier} are the same. */
@DomainStyle
@Value.Immutable
public interface User {
  UserId id();

  /** Free data about the person; writes merge its top-level members. */
  Optional<JsonObject> metadata();

  /** When the user was first stored; set by the store where absent, and never rewritten. */
  Optional<Timestamp> createdAt();

  /** When the user was last changed; set by the store. */
  Optional<Timestamp> updatedAt();

  /** What is stored but fits none of the attributes above; see {@link EntitySchema}. */
  @Value.Default
  default JsonObject other() {
    return JsonObject.empty();
  }

  static Builder builder() {
    return new Builder();
  }

  /** Collects the attributes of a {@link User}. */
  final class Builder extends ImmutableUser.Builder {}
}
