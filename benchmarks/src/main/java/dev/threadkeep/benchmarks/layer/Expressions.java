package dev.threadkeep.benchmarks.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The expressions of the requests that are made by hand. */
final class Expressions {
  static final Named CREATE =
      new Named(
          "SET #0=:0,#1=:1,#2=:2,#3=:3,#4=:4,#5=:5,#6=:6,#7=:7,#8=:8,#9=if_not_exists(#9,:9),"
              + "#10=:10,#11=if_not_exists(#11,:11),#12=:12,#13=:13,#14=:14,#15=:15,#16=:16",
          "attribute_not_exists(#17) AND"
              + " (attribute_not_exists(#16) OR #16=:16 OR #16=:17 OR #16=:18)",
          names(
              "id",
              "threadId",
              "parentId",
              "name",
              "type",
              "streaming",
              "waitForAnswer",
              "isError",
              "tags",
              "input",
              "output",
              "createdAt",
              "start",
              "end",
              "showInput",
              "language",
              "metadata",
              "threadkeepContent"));

  static final Named UPDATE =
      new Named(
          "SET #0=:0,#1=:1",
          "attribute_exists(#2) AND attribute_not_exists(#3)",
          names("output", "end", "id", "threadkeepContent"));

  static final Named FEEDBACK =
      new Named("SET #0=:0", "attribute_exists(#1)", names("feedback", "id"));

  static final Named ENTRY =
      new Named("SET #0=:0,#1=:1", null, names("UserThreadPK", "UserThreadSK"));

  static final Named OWNER =
      new Named("#0,#1,#2", null, names("userId", "createdAt", "UserThreadSK"));

  static final Named AUTHOR = new Named("#0,#1", null, names("userId", "threadkeepExpiresAt"));

  /** The first name is that of the key condition, too. */
  static final Named DELETED =
      new Named(
          "#0,#1,#2,#3,#4",
          null,
          names("PK", "SK", "objectKey", "threadkeepContent", "threadkeepFilesLeft"));

  private Expressions() {}

  /** An expression, its condition if it has one, and the names in both. */
  record Named(String expression, @Nullable String condition, Map<String, String> names) {}

  private static Map<String, String> names(String... attributes) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String attribute : attributes) {
      names.put("#" + names.size(), attribute);
    }
    return names;
  }
}
