package dev.threadkeep.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionTableTest {
  private static final String MARK = "<!-- generated: configuration -->\n\n";

  @Test
  void namesShouldBeUnique() {
    assertThat(Options.ALL).extracting(Option::name).doesNotHaveDuplicates();
  }

  @Test
  void theTableShouldHaveALineForEachOption() {
    assertThat(OptionTable.markdown().lines())
        .hasSize(Options.ALL.size() + 2)
        .contains("| `THREADKEEP_STORE` | `local` | `local` or `dynamodb` |")
        .contains("| `THREADKEEP_S3_BUCKET` | `BUCKET_NAME` | bucket of the files |")
        .allSatisfy(line -> assertThat(line).startsWith("|").endsWith("|"));
  }

  @Test
  void theHelpShouldHaveEachOptionWithItsDefault() {
    assertThat(OptionTable.plain())
        .contains("  THREADKEEP_PORT\n      port to listen on; 0 takes a free one [8080]\n")
        .contains(Options.ALL.stream().map(Option::name).toList());
  }

  @Test
  void theReadmeShouldHaveThisTable() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));

    assertThat(readme).contains(MARK);
    int table = readme.indexOf(MARK) + MARK.length();
    assertThat(readme.substring(table, readme.indexOf("\n\n", table) + 1))
        .isEqualTo(OptionTable.markdown());
  }
}
