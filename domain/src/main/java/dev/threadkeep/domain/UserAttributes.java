package dev.threadkeep.domain;

import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The attributes of a {@link User}. */
public final class UserAttributes {
  public static final Attribute<User, User.Builder, UserId> ID =
      new Attribute<>(
          "id",
          AttributeType.id(UserId::of, UserId::value),
          Access.IDENTITY,
          user -> Optional.of(user.id()),
          User.Builder::id);
  public static final Attribute<User, User.Builder, UserId> IDENTIFIER =
      Attribute.required(
          "identifier",
          AttributeType.id(UserId::of, UserId::value),
          Access.IDENTITY,
          User::id,
          User.Builder::id);
  public static final Attribute<User, User.Builder, JsonObject> METADATA =
      new Attribute<>(
          EntitySchema.METADATA,
          AttributeType.OBJECT,
          Access.OPEN,
          User::metadata,
          User.Builder::metadata);
  public static final Attribute<User, User.Builder, Timestamp> CREATED_AT =
      new Attribute<>(
          "createdAt", AttributeType.TIME, Access.ONCE, User::createdAt, User.Builder::createdAt);
  public static final Attribute<User, User.Builder, Timestamp> UPDATED_AT =
      new Attribute<>(
          "updatedAt",
          AttributeType.TIME,
          Access.INTERNAL,
          User::updatedAt,
          User.Builder::updatedAt);

  /** All of them, and the rules of writing them. */
  public static final EntitySchema<User, User.Builder> SCHEMA =
      new EntitySchema<>(
          "user",
          User::builder,
          User.Builder::build,
          User::other,
          User.Builder::other,
          List.of(ID, IDENTIFIER, METADATA, CREATED_AT, UPDATED_AT));

  private UserAttributes() {}
}
