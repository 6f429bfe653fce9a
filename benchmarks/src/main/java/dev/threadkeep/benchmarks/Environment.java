package dev.threadkeep.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.util.VersionInfo;

/** What the results depend on: the machine and the versions, by their titles. */
record Environment(Map<String, String> values) {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final Pattern MODEL = Pattern.compile("model name\\s*: (.+)");

  static Environment of(Form form) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("form", form.name().toLowerCase(Locale.ROOT) + ", " + form.rounds() + " rounds");
    values.put(
        "machine",
        cpuModel().orElse("unknown CPU")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores");
    values.put("system", property("os.name") + " " + property("os.version"));
    values.put("JDK", property("java.vm.name") + " " + property("java.vm.version"));
    values.put("heap", Runtime.getRuntime().maxMemory() / (1 << 20) + " MB");
    values.put("AWS SDK", VersionInfo.SDK_VERSION);
    values.put("Python", Python.version().orElse("not installed"));
    values.put("Chainlit", Python.chainlitVersion().orElse("not installed"));
    return new Environment(values);
  }

  private static String property(String name) {
    return System.getProperty(name);
  }

  private static Optional<String> cpuModel() throws IOException {
    if (!Files.exists(CPUS)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(CPUS, StandardCharsets.UTF_8)) {
      return lines.map(MODEL::matcher).filter(Matcher::matches).map(it -> it.group(1)).findFirst();
    }
  }
}
