package dev.threadkeep.architecture.offenders;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class that breaks a rule. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Offends {
  /** The name of the rule. */
  String value();

  /** How often it is broken. */
  int times() default 1;
}
