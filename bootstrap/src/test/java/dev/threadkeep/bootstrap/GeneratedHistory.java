package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some users with their conversations, from which either side writes them; the same ones for the
 * same seed.
 *
 * @param users their metadata, by their ids
 * @param conversations as many of each user
 */
record GeneratedHistory(Map<String, JsonObject> users, List<GeneratedConversation> conversations) {
  static final int CONVERSATIONS = 36;
  static final int USERS = 2;

  static GeneratedHistory create() {
    HostileValues values = new HostileValues(SameTable.SEED);
    Map<String, JsonObject> users = new LinkedHashMap<>();
    for (int i = 0; i < USERS; i++) {
      users.put(values.id(), values.object());
    }
    List<String> owners = List.copyOf(users.keySet());
    List<GeneratedConversation> conversations = new ArrayList<>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      conversations.add(GeneratedConversation.of(values, owners.get(i % USERS)));
    }
    return new GeneratedHistory(users, conversations);
  }
}
