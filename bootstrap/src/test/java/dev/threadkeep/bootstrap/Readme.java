package dev.threadkeep.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The README of this project, whose commands are tests. */
final class Readme {
  private static final Pattern TALK =
      Pattern.compile("<!-- test: talk -->\\s*```sh\\n(.*?)```", Pattern.DOTALL);

  private Readme() {}

  /** The commands by which a newcomer talks to a server, in their order. */
  static String talk() throws IOException {
    List<String> blocks =
        TALK.matcher(Files.readString(Path.of("..", "README.md")))
            .results()
            .map(match -> match.group(1))
            .toList();
    return blocks.stream().collect(Collectors.joining("\n"));
  }
}
