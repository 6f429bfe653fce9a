package dev.threadkeep.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.threadkeep.architecture.offenders.Offends;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule lets a well-made hexagon pass and rejects those who break it. */
class OffendersTest {
  private static final String BASE = "dev.threadkeep.architecture.offenders";
  private static final HexagonLayout LAYOUT = layout().build();
  private static final JavaClasses ALL = new ClassFileImporter().importPackages(BASE);

  @TestFactory
  Stream<DynamicTest> aWellMadeHexagonShouldPass() {
    return rules().map(rule -> dynamicTest(name(rule), () -> assertThat(broken(rule)).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> eachOffenderShouldBeRejected() {
    return offenders()
        .map(
            offender ->
                dynamicTest(
                    offender.getSimpleName(),
                    () -> {
                      Offends offence = offender.getAnnotationOfType(Offends.class);
                      assertThat(broken(rule(offence.value()), offender))
                          .hasSize(offence.times())
                          .allSatisfy(line -> assertThat(line).contains(offender.getName()));
                    }));
  }

  @Test
  void eachRuleShouldHaveAnOffender() {
    Set<String> broken =
        offenders()
            .map(offender -> offender.getAnnotationOfType(Offends.class).value())
            .collect(Collectors.toSet());

    assertThat(rules().map(OffendersTest::name))
        .hasSizeGreaterThan(16)
        .filteredOn(name -> !broken.contains(name))
        .as("rules that no class breaks; this one is broken by layouts, below")
        .containsExactly("All that the rules name exists");
  }

  @TestFactory
  Stream<DynamicTest> aRuleAboutNothingShouldFail() {
    JavaClasses nothing = ALL.that(DescribedPredicate.alwaysFalse());

    return rules()
        .map(
            rule ->
                dynamicTest(
                    name(rule),
                    () ->
                        assertThatThrownBy(() -> rule.check(nothing))
                            .isInstanceOf(AssertionError.class)));
  }

  @TestFactory
  Stream<DynamicTest> aLayoutThatNamesWhatIsNotThereShouldBeRejected() {
    return Stream.of(
        misnamed("There are no classes in " + BASE + ".texts", layout -> layout.shared("texts")),
        misnamed("There are no classes in " + BASE + ".app", layout -> layout.bootstrap("app")),
        misnamed(
            "There are no classes in " + BASE + ".s3",
            layout -> layout.adapter(Adapter.driving("s3"))),
        misnamed(
            "The driven adapter text implements no port",
            layout -> layout.adapter(Adapter.driven("text"))),
        misnamed(
            "The driving adapter text drives nothing",
            layout -> layout.adapter(Adapter.driving("text"))),
        misnamed(
            "web has no public class NoteSaver",
            layout -> layout.adapter(Adapter.driving("web").open("NoteSaver"))),
        misnamed(
            "plain has no public class Keys",
            layout -> layout.adapter(Adapter.driven("plain").open("Keys"))),
        misnamed(
            "zip does not use org.zip..",
            layout -> layout.adapter(Adapter.driven("zip").using("org.zip.."))),
        misnamed(
            "There are no table names in plain.Keys",
            layout -> layout.onePlace("table names", "chat", "plain.Keys")),
        misnamed(
            "There are no sources of " + BASE + ".zip",
            layout -> layout.sources(List.of(Path.of("src/main/java")))),
        misnamed(
            "There are no prefixes in plain.Keeys",
            layout -> layout.onePlace("prefixes", "NOTE#", "plain.Keeys")));
  }

  private static DynamicTest misnamed(
      String problem, UnaryOperator<HexagonLayout.Builder> mistake) {
    return dynamicTest(
        problem,
        () -> {
          HexagonLayout layout = mistake.apply(layout()).build();
          ArchRule rule = new PopulationRules(layout).all().findFirst().orElseThrow();
          assertThat(rule.evaluate(ofCode()).getFailureReport().getDetails()).contains(problem);
        });
  }

  private static HexagonLayout.Builder layout() {
    return HexagonLayout.builder(BASE)
        .shared("text")
        .adapter(Adapter.driven("plain").open("PlainNotes"))
        .adapter(Adapter.driven("zip").using("java.util.zip..").open("ZipNotes"))
        .adapter(Adapter.driving("web").using("com.sun.net.httpserver..").open("NoteServer"))
        .onePlace("key prefixes", "^NOTE#", "plain.Keys")
        .sources(List.of(Path.of("src/test/java")))
        .annotations("org.jspecify..", BASE);
  }

  private static Stream<ArchRule> rules() {
    HexagonRules rules = HexagonRules.of(LAYOUT);
    return Stream.concat(rules.ofCode().stream(), rules.ofCodeAndTests().stream());
  }

  private static ArchRule rule(String name) {
    return rules().filter(rule -> name(rule).equals(name)).findFirst().orElseThrow();
  }

  private static String name(ArchRule rule) {
    return rule.getDescription().replaceFirst(", because .*", "");
  }

  private static List<String> broken(ArchRule rule, JavaClass... offenders) {
    Set<JavaClass> with = Set.of(offenders);
    boolean withTests =
        HexagonRules.of(LAYOUT).ofCodeAndTests().stream()
            .anyMatch(other -> name(other).equals(name(rule)));
    JavaClasses classes =
        ALL.that(
            DescribedPredicate.describe(
                "take part",
                type ->
                    with.contains(outermost(type))
                        || (!isOffender(outermost(type)) && (withTests || !isTest(type)))));
    return rule.evaluate(classes).getFailureReport().getDetails();
  }

  private static JavaClasses ofCode() {
    return ALL.that(
        DescribedPredicate.describe(
            "are well-made", type -> !isOffender(outermost(type)) && !isTest(type)));
  }

  private static Stream<JavaClass> offenders() {
    return ALL.stream().filter(OffendersTest::isOffender);
  }

  private static boolean isOffender(JavaClass type) {
    return type.isAnnotatedWith(Offends.class);
  }

  private static boolean isTest(JavaClass type) {
    return type.getSimpleName().endsWith("Test") || type.getPackageName().endsWith(".contract");
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(OffendersTest::outermost).orElse(type);
  }
}
