package dev.threadkeep.architecture;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.threadkeep.domain.Attribute;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.FeedbackAttributes;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.UserAttributes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** This project keeps the rules. */
class ThreadkeepArchitectureTest {
  private static final Path ROOT = Path.of("..");

  private static final HexagonLayout THREADKEEP =
      HexagonLayout.builder("dev.threadkeep")
          .portNames(".*Repository|BlobStore|DataStore")
          .shared("json")
          .adapter(
              Adapter.driven("dynamodb")
                  .using(
                      "software.amazon.awssdk.services.dynamodb..",
                      "software.amazon.awssdk.enhanced..")
                  .open("DynamoDbDataStore", "DynamoDbTable"))
          .adapter(
              Adapter.driven("s3")
                  .using("software.amazon.awssdk.services.s3..")
                  .open("S3BlobStore"))
          .library("software.amazon.awssdk..", "dynamodb", "s3")
          .library("org.reactivestreams..", "s3")
          .adapter(Adapter.driven("azure").using("com.azure..", "reactor..").open("AzureBlobStore"))
          .adapter(
              Adapter.driven("local")
                  .using("org.jdbi..", "org.sqlite..", "java.sql..")
                  .open("LocalDataStore", "LocalBlobStore", "FileUrlSigner"))
          .adapter(
              Adapter.driving("http")
                  .using(
                      "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "com.nimbusds..")
                  .open("ThreadkeepServer", "HttpConfig", "SignInTokens"))
          .library("com.fasterxml.jackson..", "json")
          .onePlace(
              "prefixes of keys",
              "(THREAD|STEP|ELEMENT|USER|TS)#",
              "dynamodb.Keys",
              "domain.FeedbackId")
          .onePlace(
              "names of keys",
              "\\b(PK|SK|UserThread(PK|SK)?)\\b",
              "dynamodb.Keys",
              "domain.EntityChecks")
          .onePlace(
              "names of attributes",
              attributeNames(),
              "domain.UserAttributes",
              "domain.ThreadAttributes",
              "domain.StepAttributes",
              "domain.ElementAttributes",
              "domain.FeedbackAttributes",
              "domain.EntityChecks",
              // the calls of Chainlit's front end have fields of these names
              "http.FrontEndElements",
              "http.FrontEndFeedback",
              "http.FrontEndSharing",
              "http.FrontEndThreads")
          .sources(sources())
          .build();

  private static final HexagonRules RULES = HexagonRules.of(THREADKEEP);

  @TestFactory
  Stream<DynamicTest> codeShouldKeepTheRules() {
    JavaClasses code = HexagonClasses.ofCode(THREADKEEP.basePackage());
    return RULES.ofCode().stream()
        .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(code)));
  }

  @TestFactory
  Stream<DynamicTest> testsShouldKeepTheRules() {
    JavaClasses codeAndTests =
        HexagonClasses.ofCodeAndTests(
            THREADKEEP.basePackage(),
            Stream.of("adapter-dynamodb", "adapter-local", "adapter-s3", "adapter-azure")
                .map(module -> ROOT.resolve(module).resolve("target/test-classes"))
                .toList());
    return RULES.ofCodeAndTests().stream()
        .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(codeAndTests)));
  }

  /** Those that are no words of English, which stand in other places for other things. */
  private static String attributeNames() {
    return Stream.of(
            UserAttributes.SCHEMA,
            ThreadAttributes.SCHEMA,
            StepAttributes.SCHEMA,
            ElementAttributes.SCHEMA,
            FeedbackAttributes.SCHEMA)
        .map(EntitySchema::attributes)
        .flatMap(attributes -> attributes.stream().map(Attribute::name))
        .filter(name -> name.chars().anyMatch(Character::isUpperCase))
        .distinct()
        .collect(Collectors.joining("|", "^(", ")$"));
  }

  private static List<Path> sources() {
    return Stream.of(
            "domain",
            "json",
            "application",
            "adapter-dynamodb",
            "adapter-local",
            "adapter-s3",
            "adapter-azure",
            "adapter-http",
            "bootstrap",
            "architecture-tests")
        .map(module -> ROOT.resolve(module).resolve("src/main/java"))
        .toList();
  }
}
