package dev.threadkeep.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** How a table differs from the one of the template, as far as that matters to whoever uses it. */
final class TableDifferences {
  private final TableDescription actual;
  private final List<String> differences = new ArrayList<>();

  private TableDifferences(TableDescription actual) {
    this.actual = actual;
  }

  /** One sentence for each difference; none for a table that is as wanted, or has more. */
  static List<String> between(CreateTableRequest wanted, TableDescription actual) {
    TableDifferences all = new TableDifferences(actual);
    all.compare("key of the table", keys(wanted.keySchema()), keys(actual.keySchema()));
    wanted.attributeDefinitions().forEach(all::compareType);
    wanted.globalSecondaryIndexes().forEach(all::compareIndex);
    return List.copyOf(all.differences);
  }

  private void compareType(AttributeDefinition attribute) {
    Map<String, String> types =
        actual.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName,
                    AttributeDefinition::attributeTypeAsString));
    String type = types.get(attribute.attributeName());
    if (type != null) { // else it is no key, which is said already
      compare(
          "type of attribute " + attribute.attributeName(),
          attribute.attributeTypeAsString(),
          type);
    }
  }

  private void compareIndex(GlobalSecondaryIndex index) {
    String name = "index " + index.indexName();
    Optional<GlobalSecondaryIndexDescription> found =
        actual.globalSecondaryIndexes().stream()
            .filter(it -> it.indexName().equals(index.indexName()))
            .findFirst();
    if (found.isEmpty()) {
      differences.add(name + " is missing");
      return;
    }
    compare("key of " + name, keys(index.keySchema()), keys(found.get().keySchema()));
    compare(
        "projection of " + name, describe(index.projection()), describe(found.get().projection()));
    if (found.get().indexStatus() != null) {
      compare(
          "status of " + name, IndexStatus.ACTIVE.toString(), found.get().indexStatusAsString());
    }
  }

  private void compare(String what, String expected, String found) {
    if (!expected.equals(found)) {
      differences.add(what + " is " + found + ", should be " + expected);
    }
  }

  private static String keys(List<KeySchemaElement> schema) {
    return schema.stream()
        .map(key -> key.attributeName() + " (" + key.keyTypeAsString() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String describe(Projection projection) {
    return projection.projectionType() == ProjectionType.INCLUDE
        ? "INCLUDE " + String.join(", ", new TreeSet<>(projection.nonKeyAttributes()))
        : projection.projectionTypeAsString();
  }
}
