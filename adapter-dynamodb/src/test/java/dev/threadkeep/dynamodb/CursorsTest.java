package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.DataStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
  @Test
  void aPositionShouldComeBack() {
    Cursor cursor = Cursors.of("TS#2026", "a\"b\\😀");

    assertThat(cursor.value()).matches("[A-Za-z0-9_-]+");
    assertThat(Cursors.position(cursor, 2)).containsExactly("TS#2026", "a\"b\\😀");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "[\"a\"]",
        "[\"a\",\"b\",\"c\"]",
        "[\"a\",1]",
        "[\"a\", \"b\"]",
        "{\"a\":\"b\"}",
        "[\"a\",\"\\u0062\"]",
        "[\"a\",[\"b\"]]"
      })
  void whatWasNeverGivenOutShouldBeRefused(String json) {
    String text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Cursors.position(Cursor.of(text), 2))
        .isInstanceOf(DataLayerException.class)
        .hasMessage("cursor: is not one of this list")
        .extracting("code")
        .isEqualTo(ErrorCode.INVALID);
  }

  @Test
  void aCursorShouldBeTakenInOneFormOnly() {
    String value = Cursors.of("a", "b").value();

    assertThatThrownBy(() -> Cursors.position(Cursor.of(value + "="), 2))
        .isInstanceOf(DataLayerException.class);
  }

  @Test
  void row12_aCursorOfAnotherUsersListShouldShowNothingOfIt() {
    DataStore store =
        DynamoDbDataStore.builder(DynamoDbLocal.client(), DynamoDbLocal.createTable()).build();
    UserId ada = Fresh.user();
    UserId mallory = Fresh.user();
    for (UserId owner : List.of(ada, ada, ada, mallory)) {
      Await.result(
          store.threads().create(ChatThread.builder().id(Fresh.thread()).userId(owner).build()));
    }
    Cursor ofAda =
        Await.result(store.threads().list(ada, PageRequest.first(1))).next().orElseThrow();

    List<ThreadSummary> seen =
        Await.result(store.threads().list(mallory, PageRequest.first(100).after(ofAda))).items();

    assertThat(seen)
        .allMatch(
            it -> Await.result(store.threads().findAuthor(it.id())).orElseThrow().equals(mallory));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_025, 3_000})
  void aPositionThatNoItemCanHaveShouldBeRefused(int length) {
    DataStore store = DynamoDbDataStore.builder(DynamoDbLocal.client(), "never-asked").build();
    Cursor place = Cursors.of("x".repeat(length), "t");
    Cursor step = Cursors.of("x".repeat(length));

    Await.refused(
        ErrorCode.INVALID,
        "cursor: is not one of this list",
        () -> store.threads().list(Fresh.user(), PageRequest.first(1).after(place)));
    Await.refused(
        ErrorCode.INVALID,
        "cursor: is not one of this list",
        () -> store.steps().list(Fresh.thread(), PageRequest.first(1).after(step)));
  }
}
