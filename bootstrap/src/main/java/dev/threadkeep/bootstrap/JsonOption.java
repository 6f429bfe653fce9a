package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.json.JsonText;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --json}, as a mixin: what a command prints is for people or for a script. */
final class JsonOption {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "prints lines of JSON in the place of text")
  private boolean json;

  /**
   * Prints one of the two.
   *
   * @param text one line or more
   * @param asJson printed as one line
   */
  void print(String text, JsonObject asJson) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(json ? JsonText.write(asJson) : text);
    out.flush();
  }
}
