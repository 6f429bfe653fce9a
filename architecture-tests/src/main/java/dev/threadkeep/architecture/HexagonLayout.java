package dev.threadkeep.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the parts of a hexagonal project are. All packages and classes of the project are named
 * relative to its base package.
 *
 * @param ports the package of the driven ports
 * @param shared packages of small modules that adapters and bootstrap may use
 * @param libraries patterns of packages of others, each with the modules that may use them;
 *     bootstrap always may
 * @param sources the folders in which the sources of packages begin, for the rules about texts
 * @param portNames what the names of ports look like
 * @param annotations patterns of packages that are known everywhere, because they are for the
 *     compiler alone
 */
public record HexagonLayout(
    String basePackage,
    String domain,
    String ports,
    String application,
    String bootstrap,
    List<String> shared,
    List<Adapter> adapters,
    Map<String, Set<String>> libraries,
    List<OnePlace> constants,
    List<Path> sources,
    Pattern portNames,
    List<String> annotations) {

  /** A layout with the packages {@code domain}, {@code domain.port}, and so on. */
  public static Builder builder(String basePackage) {
    return new Builder(basePackage);
  }

  /** The classes of a module, its sub-packages included. */
  DescribedPredicate<JavaClass> in(String module) {
    return resideInAPackage(absolute(module) + "..");
  }

  /** The classes of any of these modules. */
  DescribedPredicate<JavaClass> inAny(Stream<String> modules) {
    return resideInAnyPackage(
        modules.map(module -> absolute(module) + "..").toArray(String[]::new));
  }

  /** The classes that the project consists of. */
  DescribedPredicate<JavaClass> inProject() {
    return resideInAPackage(basePackage + "..");
  }

  DescribedPredicate<JavaClass> areAnnotations() {
    return resideInAnyPackage(annotations.toArray(String[]::new));
  }

  /** The full name of a package or class. */
  String absolute(String relative) {
    return basePackage + "." + relative;
  }

  Stream<Adapter> adapters(Adapter.Side side) {
    return adapters.stream().filter(adapter -> adapter.side() == side);
  }

  /** Every package that is named, without the base. */
  Stream<String> modules() {
    return Stream.of(
            Stream.of(domain, ports, application, bootstrap),
            shared.stream(),
            adapters.stream().map(Adapter::module))
        .flatMap(names -> names);
  }

  /** Builds a layout. */
  public static final class Builder {
    private final String basePackage;
    private String domain = "domain";
    private String ports = "domain.port";
    private String application = "application";
    private String bootstrap = "bootstrap";
    private final List<String> shared = new ArrayList<>();
    private final List<Adapter> adapters = new ArrayList<>();
    private final Map<String, Set<String>> libraries = new LinkedHashMap<>();
    private final List<OnePlace> constants = new ArrayList<>();
    private List<Path> sources = List.of();
    private Pattern portNames = Pattern.compile(".*(Repository|Store)");
    private List<String> annotations = List.of("org.immutables.value..", "org.jspecify..");

    private Builder(String basePackage) {
      this.basePackage = basePackage;
    }

    public Builder domain(String module) {
      domain = module;
      return this;
    }

    public Builder ports(String module) {
      ports = module;
      return this;
    }

    public Builder application(String module) {
      application = module;
      return this;
    }

    public Builder bootstrap(String module) {
      bootstrap = module;
      return this;
    }

    /** A small module that adapters and bootstrap may use. */
    public Builder shared(String module) {
      shared.add(module);
      return this;
    }

    public Builder adapter(Adapter adapter) {
      adapters.add(adapter);
      adapter.libraries().forEach(library -> library(library, adapter.module()));
      return this;
    }

    /** Packages of others that only these modules may use, and bootstrap. */
    public Builder library(String packages, String... modules) {
      libraries.computeIfAbsent(packages, any -> new LinkedHashSet<>()).addAll(List.of(modules));
      return this;
    }

    /**
     * Texts that stand in one place; needs the {@link #sources}.
     *
     * @param what what they are: {@code key prefixes}
     * @param regex what is found in a text of these
     * @param homes the classes that may have them
     */
    public Builder onePlace(String what, String regex, String... homes) {
      constants.add(new OnePlace(what, Pattern.compile(regex), Set.of(homes)));
      return this;
    }

    /** The folders in which the sources of packages begin, for the rules about texts. */
    public Builder sources(List<Path> roots) {
      sources = List.copyOf(roots);
      return this;
    }

    /** What the names of ports look like, as a regular expression. */
    public Builder portNames(String regex) {
      portNames = Pattern.compile(regex);
      return this;
    }

    /** Packages of annotations for the compiler, which every module may use. */
    public Builder annotations(String... packages) {
      annotations = List.of(packages);
      return this;
    }

    public HexagonLayout build() {
      return new HexagonLayout(
          basePackage,
          domain,
          ports,
          application,
          bootstrap,
          List.copyOf(shared),
          List.copyOf(adapters),
          Map.copyOf(libraries),
          List.copyOf(constants),
          sources,
          portNames,
          annotations);
    }
  }
}
