package dev.threadkeep.domain;

import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** The attributes of a {@link ChatThread}. */
public final class ThreadAttributes {
  public static final Attribute<ChatThread, ChatThread.Builder, ThreadId> ID =
      Attribute.required(
          "id",
          AttributeType.id(ThreadId::of, ThreadId::value),
          Access.IDENTITY,
          ChatThread::id,
          ChatThread.Builder::id);
  public static final Attribute<ChatThread, ChatThread.Builder, String> NAME =
      new Attribute<>(
          "name", AttributeType.NAME, Access.OPEN, ChatThread::name, ChatThread.Builder::name);
  public static final Attribute<ChatThread, ChatThread.Builder, UserId> USER_ID =
      new Attribute<>(
          "userId",
          AttributeType.id(UserId::of, UserId::value),
          Access.ONCE,
          ChatThread::userId,
          ChatThread.Builder::userId);

  /** The owner once more, for readers that look for it here. */
  public static final Attribute<ChatThread, ChatThread.Builder, UserId> USER_IDENTIFIER =
      new Attribute<>(
          "userIdentifier",
          AttributeType.id(UserId::of, UserId::value),
          Access.ONCE,
          ChatThread::userId,
          (thread, sameAsUserId) -> {});

  public static final Attribute<ChatThread, ChatThread.Builder, List<String>> TAGS =
      new Attribute<>(
          "tags", AttributeType.TAGS, Access.OPEN, ChatThread::tags, ChatThread.Builder::tags);
  public static final Attribute<ChatThread, ChatThread.Builder, JsonObject> METADATA =
      new Attribute<>(
          EntitySchema.METADATA,
          AttributeType.OBJECT,
          Access.OPEN,
          ChatThread::metadata,
          ChatThread.Builder::metadata);
  public static final Attribute<ChatThread, ChatThread.Builder, Timestamp> CREATED_AT =
      new Attribute<>(
          "createdAt",
          AttributeType.TIME,
          Access.ONCE,
          ChatThread::createdAt,
          ChatThread.Builder::createdAt);
  public static final Attribute<ChatThread, ChatThread.Builder, Timestamp> UPDATED_AT =
      new Attribute<>(
          "updatedAt",
          AttributeType.TIME,
          Access.INTERNAL,
          ChatThread::updatedAt,
          ChatThread.Builder::updatedAt);

  /**
   * When the thread's time is over. A table may have another name and form for it, which its engine
   * wants.
   */
  public static final Attribute<ChatThread, ChatThread.Builder, Instant> EXPIRES_AT =
      new Attribute<>(
          "expiresAt",
          AttributeType.SECOND,
          Access.OPEN,
          ChatThread::expiresAt,
          ChatThread.Builder::expiresAt);

  /** All of them, and the rules of writing them. */
  public static final EntitySchema<ChatThread, ChatThread.Builder> SCHEMA =
      new EntitySchema<>(
          "thread",
          ChatThread::builder,
          ChatThread.Builder::build,
          ChatThread::other,
          ChatThread.Builder::other,
          List.of(
              ID,
              NAME,
              USER_ID,
              USER_IDENTIFIER,
              TAGS,
              METADATA,
              CREATED_AT,
              UPDATED_AT,
              EXPIRES_AT));

  private ThreadAttributes() {}
}
