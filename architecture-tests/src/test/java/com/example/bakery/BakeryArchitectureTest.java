package com.example.bakery;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.threadkeep.architecture.Adapter;
import dev.threadkeep.architecture.HexagonLayout;
import dev.threadkeep.architecture.HexagonRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * How a project takes the rules. Here its tests are told from its code by their package; with
 * Maven's folders, {@code HexagonClasses} does that.
 */
class BakeryArchitectureTest {
  private static final HexagonLayout BAKERY =
      HexagonLayout.builder("com.example.bakery")
          .domain("core")
          .ports("core.spi")
          .portNames(".*Gateway")
          .application("usecases")
          .bootstrap("shop")
          .adapter(Adapter.driven("shelf").open("Shelf"))
          .adapter(Adapter.driving("counter").open("Counter"))
          .build();

  private static final JavaClasses CODE_AND_TESTS =
      new ClassFileImporter().importPackages(BAKERY.basePackage());

  private static final JavaClasses CODE =
      CODE_AND_TESTS.that(not(resideInAPackage(BAKERY.basePackage())));

  private static final HexagonRules RULES = HexagonRules.of(BAKERY);

  @TestFactory
  Stream<DynamicTest> codeShouldKeepTheRules() {
    return RULES.ofCode().stream()
        .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(CODE)));
  }

  @TestFactory
  Stream<DynamicTest> testsShouldKeepTheRules() {
    return RULES.ofCodeAndTests().stream()
        .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(CODE_AND_TESTS)));
  }
}
