package dev.threadkeep.domain;

import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.json.JsonObject;
import java.util.List;

/** The attributes of an {@link Element}. */
public final class ElementAttributes {
  public static final Attribute<Element, Element.Builder, ElementId> ID =
      Attribute.required(
          "id",
          AttributeType.id(ElementId::of, ElementId::value),
          Access.IDENTITY,
          Element::id,
          Element.Builder::id);
  public static final Attribute<Element, Element.Builder, ThreadId> THREAD_ID =
      Attribute.required(
          "threadId",
          AttributeType.id(ThreadId::of, ThreadId::value),
          Access.IDENTITY,
          Element::threadId,
          Element.Builder::threadId);
  public static final Attribute<Element, Element.Builder, ElementType> TYPE =
      new Attribute<>(
          "type",
          AttributeType.named(ElementType::of, ElementType::value),
          Access.OPEN,
          Element::type,
          Element.Builder::type);
  public static final Attribute<Element, Element.Builder, String> URL =
      new Attribute<>("url", AttributeType.URL, Access.OPEN, Element::url, Element.Builder::url);
  public static final Attribute<Element, Element.Builder, String> CHAINLIT_KEY =
      new Attribute<>(
          "chainlitKey",
          AttributeType.NAME,
          Access.OPEN,
          Element::chainlitKey,
          Element.Builder::chainlitKey);
  public static final Attribute<Element, Element.Builder, String> NAME =
      new Attribute<>(
          "name", AttributeType.NAME, Access.OPEN, Element::name, Element.Builder::name);
  public static final Attribute<Element, Element.Builder, String> DISPLAY =
      new Attribute<>(
          "display", AttributeType.NAME, Access.OPEN, Element::display, Element.Builder::display);
  public static final Attribute<Element, Element.Builder, BlobKey> OBJECT_KEY =
      new Attribute<>(
          "objectKey",
          AttributeType.KEY,
          Access.INTERNAL,
          Element::objectKey,
          Element.Builder::objectKey);
  public static final Attribute<Element, Element.Builder, String> SIZE =
      new Attribute<>(
          "size", AttributeType.NAME, Access.OPEN, Element::size, Element.Builder::size);
  public static final Attribute<Element, Element.Builder, JsonObject> PROPS =
      new Attribute<>(
          "props", AttributeType.OBJECT, Access.OPEN, Element::props, Element.Builder::props);
  public static final Attribute<Element, Element.Builder, Long> PAGE =
      new Attribute<>(
          "page", AttributeType.WHOLE, Access.OPEN, Element::page, Element.Builder::page);
  public static final Attribute<Element, Element.Builder, Boolean> AUTO_PLAY =
      new Attribute<>(
          "autoPlay",
          AttributeType.FLAG,
          Access.OPEN,
          Element::autoPlay,
          Element.Builder::autoPlay);
  public static final Attribute<Element, Element.Builder, JsonObject> PLAYER_CONFIG =
      new Attribute<>(
          "playerConfig",
          AttributeType.OBJECT,
          Access.OPEN,
          Element::playerConfig,
          Element.Builder::playerConfig);
  public static final Attribute<Element, Element.Builder, String> LANGUAGE =
      new Attribute<>(
          "language",
          AttributeType.NAME,
          Access.OPEN,
          Element::language,
          Element.Builder::language);
  public static final Attribute<Element, Element.Builder, StepId> FOR_ID =
      new Attribute<>(
          "forId",
          AttributeType.id(StepId::of, StepId::value),
          Access.OPEN,
          Element::stepId,
          Element.Builder::stepId);
  public static final Attribute<Element, Element.Builder, String> MIME =
      new Attribute<>(
          "mime", AttributeType.NAME, Access.OPEN, Element::mime, Element.Builder::mime);

  /** All of them, and the rules of writing them. */
  public static final EntitySchema<Element, Element.Builder> SCHEMA =
      new EntitySchema<>(
          "element",
          Element::builder,
          Element.Builder::build,
          Element::other,
          Element.Builder::other,
          List.of(
              ID,
              THREAD_ID,
              TYPE,
              URL,
              CHAINLIT_KEY,
              NAME,
              DISPLAY,
              OBJECT_KEY,
              SIZE,
              PROPS,
              PAGE,
              AUTO_PLAY,
              PLAYER_CONFIG,
              LANGUAGE,
              FOR_ID,
              MIME));

  private ElementAttributes() {}
}
