package dev.threadkeep.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of a hexagonal project. The name of each is a sentence and says, after "because", why
 * it is there; what it is about are the parts that the layout names. A rule that finds nothing to
 * be about fails.
 */
public final class HexagonRules {
  private final HexagonLayout layout;

  private HexagonRules(HexagonLayout layout) {
    this.layout = layout;
  }

  public static HexagonRules of(HexagonLayout layout) {
    return new HexagonRules(layout);
  }

  /** The rules about the code alone, to be checked with {@link HexagonClasses#ofCode}. */
  public List<ArchRule> ofCode() {
    return Stream.of(
            new DependencyRules(layout).all(),
            new AdapterRules(layout).all(),
            new PortRules(layout).all(),
            new CallRules(layout).all(),
            new ConstantRules(layout).all(),
            new PopulationRules(layout).all())
        .flatMap(rules -> rules)
        .toList();
  }

  /**
   * The rules about the code and its tests together, to be checked with {@link
   * HexagonClasses#ofCodeAndTests}.
   */
  public List<ArchRule> ofCodeAndTests() {
    return new ContractRules(layout).all().toList();
  }
}
