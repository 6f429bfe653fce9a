package dev.threadkeep.architecture;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Texts that stand in one place.
 *
 * @param what what the texts are: {@code key prefixes}
 * @param texts what is found in a text of these
 * @param homes names, below the base package, of the classes that may have such texts
 */
public record OnePlace(String what, Pattern texts, Set<String> homes) {
  public OnePlace {
    homes = Set.copyOf(homes);
  }
}
