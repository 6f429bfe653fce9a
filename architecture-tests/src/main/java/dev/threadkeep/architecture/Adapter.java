package dev.threadkeep.architecture;

import java.util.List;
import java.util.Set;

/**
 * An adapter of a hexagon.
 *
 * @param module its package below the base package
 * @param side what it is there for
 * @param libraries patterns of the packages that live in it, such as {@code org.sqlite..}
 * @param openClasses simple names of its public top-level classes
 */
public record Adapter(String module, Side side, List<String> libraries, Set<String> openClasses) {
  /** On which side of the hexagon an adapter is. */
  public enum Side {
    /** It implements ports. */
    DRIVEN,
    /** It drives the application. */
    DRIVING
  }

  public Adapter {
    libraries = List.copyOf(libraries);
    openClasses = Set.copyOf(openClasses);
  }

  /** An adapter that implements ports. */
  public static Adapter driven(String module) {
    return new Adapter(module, Side.DRIVEN, List.of(), Set.of());
  }

  /** An adapter that drives the application. */
  public static Adapter driving(String module) {
    return new Adapter(module, Side.DRIVING, List.of(), Set.of());
  }

  /**
   * With libraries that only it may use (and every other adapter that names the same pattern, and
   * the bootstrap).
   */
  public Adapter using(String... packages) {
    return new Adapter(module, side, List.of(packages), openClasses);
  }

  /** With all the public top-level classes that it has. */
  public Adapter open(String... classes) {
    return new Adapter(module, side, libraries, Set.of(classes));
  }
}
