package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.json.JsonObject;

/** Feedback as it is in the item of its step, whichever side wrote it. */
final class StoredFeedback {
  private StoredFeedback() {}

  static String id(String thread, String step) {
    return "THREAD#" + thread + "::STEP#" + step;
  }

  static JsonObject of(String thread, String step, int value) {
    return Json.object("id", id(thread, step), "forId", step, "threadId", thread, "value", value);
  }
}
