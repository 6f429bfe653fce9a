package dev.threadkeep.architecture.offenders.domain;

/** A note. */
public record Note(String id, String text) {}
