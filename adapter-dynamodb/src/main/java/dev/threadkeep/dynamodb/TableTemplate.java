package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/**
 * The CloudFormation template of the table. The table is made from it without CloudFormation, too,
 * so the two cannot differ.
 */
final class TableTemplate {
  private static final String RESOURCE = "table.template.json";

  /** A line of the template, and what is added behind it for time to live. */
  private static final String BILLING = "        \"BillingMode\": \"PAY_PER_REQUEST\",\n";

  private static final String TIME_TO_LIVE =
      "        \"TimeToLiveSpecification\": { \"AttributeName\": \""
          + Keys.EXPIRES_AT
          + "\", \"Enabled\": true },\n";

  private final JsonObject json;

  private TableTemplate(JsonValue json) {
    if (!(json instanceof JsonObject object)) {
      throw new IllegalStateException(RESOURCE + " has another form");
    }
    this.json = object;
  }

  /** The template, with the name of the table as the parameter {@code TableName}. */
  static String text() {
    try (InputStream template = TableTemplate.class.getResourceAsStream(RESOURCE)) {
      if (template == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      return new String(template.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The same, for a table where DynamoDB removes the items of threads that have expired. */
  static String textWithTimeToLive() {
    return text().replace(BILLING, BILLING + TIME_TO_LIVE);
  }

  /** What makes time to live as the template has it. */
  static TimeToLiveSpecification timeToLive() {
    TableTemplate properties = of(textWithTimeToLive()).object("TimeToLiveSpecification");
    return TimeToLiveSpecification.builder()
        .attributeName(properties.text("AttributeName"))
        .enabled(properties.flag("Enabled"))
        .build();
  }

  /** What makes the table of the template. */
  static CreateTableRequest request(String table) {
    TableTemplate properties = of(text());
    return CreateTableRequest.builder()
        .tableName(table)
        .billingMode(properties.text("BillingMode"))
        .attributeDefinitions(properties.list("AttributeDefinitions", TableTemplate::attribute))
        .keySchema(properties.list("KeySchema", TableTemplate::key))
        .globalSecondaryIndexes(properties.list("GlobalSecondaryIndexes", TableTemplate::index))
        .build();
  }

  /** The properties of the table. */
  private static TableTemplate of(String template) {
    return new TableTemplate(JsonText.parse(template))
        .object("Resources")
        .object("Table")
        .object("Properties");
  }

  private AttributeDefinition attribute() {
    return AttributeDefinition.builder()
        .attributeName(text("AttributeName"))
        .attributeType(text("AttributeType"))
        .build();
  }

  private KeySchemaElement key() {
    return KeySchemaElement.builder()
        .attributeName(text("AttributeName"))
        .keyType(text("KeyType"))
        .build();
  }

  private GlobalSecondaryIndex index() {
    return GlobalSecondaryIndex.builder()
        .indexName(text("IndexName"))
        .keySchema(list("KeySchema", TableTemplate::key))
        .projection(object("Projection").projection())
        .build();
  }

  private Projection projection() {
    return Projection.builder()
        .projectionType(text("ProjectionType"))
        .nonKeyAttributes(
            array("NonKeyAttributes").items().stream().map(TableTemplate::textOf).toList())
        .build();
  }

  private TableTemplate object(String name) {
    return new TableTemplate(member(name));
  }

  private <T> List<T> list(String name, Function<TableTemplate, T> reader) {
    return array(name).items().stream().map(item -> reader.apply(new TableTemplate(item))).toList();
  }

  private String text(String name) {
    return textOf(member(name));
  }

  private boolean flag(String name) {
    return ((JsonValue.Bool) member(name)).value();
  }

  private JsonValue.Array array(String name) {
    return (JsonValue.Array) member(name);
  }

  private JsonValue member(String name) {
    return json.get(name).orElseThrow(() -> new IllegalStateException(RESOURCE + " lacks " + name));
  }

  private static String textOf(JsonValue value) {
    return ((JsonValue.Text) value).value();
  }
}
