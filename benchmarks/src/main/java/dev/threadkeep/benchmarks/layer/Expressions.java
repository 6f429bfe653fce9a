package dev.threadkeep.benchmarks.layer;

import java.util.LinkedHashMap;
import java.util.Map;

/** The expressions of the requests that are made by hand. */
final class Expressions {
  static final Map<String, String> CREATED =
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
          "threadkeepContent");

  static final String CREATE =
      "SET #0=:0,#1=:1,#2=:2,#3=:3,#4=:4,#5=:5,#6=:6,#7=:7,#8=:8,#9=if_not_exists(#9,:9),#10=:10,"
          + "#11=if_not_exists(#11,:11),#12=:12,#13=:13,#14=:14,#15=:15,#16=:16";

  static final String CREATE_IF =
      "attribute_not_exists(#17) AND (attribute_not_exists(#16) OR #16=:16 OR #16=:17 OR #16=:18)";

  private Expressions() {}

  private static Map<String, String> names(String... attributes) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String attribute : attributes) {
      names.put("#" + names.size(), attribute);
    }
    return names;
  }
}
