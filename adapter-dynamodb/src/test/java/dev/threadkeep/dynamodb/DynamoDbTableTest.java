package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

class DynamoDbTableTest {
  private final DynamoDbAsyncClient client = DynamoDbLocal.client();
  private final String name = "threadkeep-" + Fresh.text();
  private final DynamoDbTable table = DynamoDbTable.of(client, name);

  @Test
  void createShouldMakeATableThatCheckFindsNothingIn() {
    Await.result(table.create());

    assertThat(Await.result(table.check())).isEmpty();
  }

  @Test
  void createShouldMakeWhatThePythonLayerExpects() {
    Await.result(table.create());

    TableDescription made = client.describeTable(it -> it.tableName(name)).join().table();
    assertThat(made.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(made.keySchema()).containsExactly(hash("PK"), range("SK"));
    assertThat(made.attributeDefinitions())
        .containsExactlyInAnyOrder(
            text("PK"), text("SK"), text("UserThreadPK"), text("UserThreadSK"));
    assertThat(made.globalSecondaryIndexes())
        .singleElement()
        .satisfies(
            index -> {
              assertThat(index.indexName()).isEqualTo("UserThread");
              assertThat(index.keySchema())
                  .containsExactly(hash("UserThreadPK"), range("UserThreadSK"));
              assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.INCLUDE);
              assertThat(index.projection().nonKeyAttributes())
                  .containsExactlyInAnyOrder("id", "name");
            });
  }

  @Test
  void timeToLiveShouldBeOfTheAttributeThatIsWrittenAndOnlyWhereItIsWanted() {
    Await.result(table.create());
    assertThat(Await.result(table.hasTimeToLive())).isFalse();

    Await.result(table.enableTimeToLive());

    assertThat(Await.result(table.hasTimeToLive())).isTrue();
    assertThat(Await.result(table.check())).isEmpty();
    TimeToLiveDescription made =
        client.describeTimeToLive(it -> it.tableName(name)).join().timeToLiveDescription();
    assertThat(made.attributeName()).isEqualTo("threadkeepExpiresAt");
    assertThat(
            member(JsonText.parse(DynamoDbTable.templateWithTimeToLive()), "Resources")
                .flatMap(it -> member(it, "Table"))
                .flatMap(it -> member(it, "Properties"))
                .flatMap(it -> member(it, "TimeToLiveSpecification")))
        .contains(
            JsonObject.of("AttributeName", JsonValue.of(made.attributeName()))
                .with("Enabled", JsonValue.of(true)));
    assertThat(withoutTimeToLive(DynamoDbTable.templateWithTimeToLive()))
        .isEqualTo(JsonText.parse(DynamoDbTable.template()));
    assertThat(DynamoDbTable.template()).doesNotContain("TimeToLive");
  }

  @Test
  void timeToLiveOfAnotherAttributeShouldNotBeTakenForOurs() {
    Await.result(table.create());
    client
        .updateTimeToLive(
            it ->
                it.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.attributeName("other").enabled(true)))
        .join();

    assertThat(Await.result(table.hasTimeToLive())).isFalse();
  }

  @Test
  void createShouldFailWhereThereIsATable() {
    Await.result(table.create());

    Await.refused(ErrorCode.ALREADY_EXISTS, "DynamoDB has the table " + name, table::create);
  }

  @Test
  void createShouldRefuseANameThatIsNone() {
    Await.refused(
        ErrorCode.INVALID,
        "DynamoDB refuses CreateTable of table ?",
        () -> DynamoDbTable.of(client, "?").create());
  }

  @Test
  void checkShouldFailWhereThereIsNoTable() {
    Await.refused(ErrorCode.UNAVAILABLE, "DynamoDB has no table " + name, table::check);
  }

  @Test
  void checkShouldSayThatTheIndexIsMissing() {
    createAnother(
        it ->
            it.globalSecondaryIndexes((List<GlobalSecondaryIndex>) null)
                .attributeDefinitions(text("PK"), text("SK")));

    assertThat(Await.result(table.check())).containsExactly("index UserThread is missing");
  }

  @Test
  void checkShouldSayHowTheIndexDiffers() {
    GlobalSecondaryIndex index = TableTemplate.request(name).globalSecondaryIndexes().get(0);
    createAnother(
        it ->
            it.globalSecondaryIndexes(
                    index.toBuilder()
                        .keySchema(hash("UserThreadPK"), range("SK"))
                        .projection(all -> all.projectionType(ProjectionType.ALL))
                        .build())
                .attributeDefinitions(text("PK"), text("SK"), text("UserThreadPK")));

    assertThat(Await.result(table.check()))
        .containsExactly(
            "key of index UserThread is UserThreadPK (HASH), SK (RANGE),"
                + " should be UserThreadPK (HASH), UserThreadSK (RANGE)",
            "projection of index UserThread is ALL, should be INCLUDE id, name");
  }

  @Test
  void checkShouldSayHowKeysAndTheirTypesDiffer() {
    createAnother(
        it ->
            it.keySchema(hash("PK"))
                .attributeDefinitions(
                    text("PK"),
                    text("UserThreadPK"),
                    text("UserThreadSK").toBuilder().attributeType(ScalarAttributeType.N).build()));

    assertThat(Await.result(table.check()))
        .containsExactly(
            "key of the table is PK (HASH), should be PK (HASH), SK (RANGE)",
            "type of attribute UserThreadSK is N, should be S");
  }

  @Test
  void checkShouldNotMindWhatATableHasMore() {
    GlobalSecondaryIndex index = TableTemplate.request(name).globalSecondaryIndexes().get(0);
    createAnother(
        it -> it.globalSecondaryIndexes(index, index.toBuilder().indexName("TheirOwn").build()));

    assertThat(Await.result(table.check())).isEmpty();
  }

  @Test
  void templateShouldTakeTheNameAsItsOnlyParameter() {
    JsonObject template = (JsonObject) JsonText.parse(DynamoDbTable.template());

    assertThat(((JsonObject) template.get("Parameters").orElseThrow()).members())
        .containsOnlyKeys("TableName");
    assertThat(template.get("Resources").flatMap(it -> member(it, "Table")))
        .flatMap(it -> member(it, "Properties"))
        .flatMap(it -> member(it, "TableName"))
        .contains(JsonObject.of("Ref", JsonValue.of("TableName")));
  }

  @Test
  void templateShouldNameTheKeysThatAreWritten() {
    assertThat(TableTemplate.request(name).attributeDefinitions())
        .extracting(AttributeDefinition::attributeName)
        .containsExactlyInAnyOrderElementsOf(Keys.ATTRIBUTES);
    assertThat(TableTemplate.request(name).globalSecondaryIndexes())
        .extracting(GlobalSecondaryIndex::indexName)
        .containsExactly(Keys.INDEX);
  }

  private void createAnother(Consumer<CreateTableRequest.Builder> change) {
    CreateTableRequest.Builder request = TableTemplate.request(name).toBuilder();
    change.accept(request);
    client.createTable(request.build()).join();
  }

  private static JsonValue withoutTimeToLive(String template) {
    return without(
        JsonText.parse(template), "Resources", "Table", "Properties", "TimeToLiveSpecification");
  }

  private static JsonValue without(JsonValue json, String name, String... path) {
    JsonObject object = (JsonObject) json;
    if (path.length == 0) {
      return object.without(name);
    }
    JsonValue inner = object.get(name).orElseThrow();
    return object.with(name, without(inner, path[0], Arrays.copyOfRange(path, 1, path.length)));
  }

  private static Optional<JsonValue> member(JsonValue owner, String name) {
    return ((JsonObject) owner).get(name);
  }

  private static KeySchemaElement hash(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  private static KeySchemaElement range(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.RANGE).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
