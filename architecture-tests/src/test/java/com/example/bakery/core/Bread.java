package com.example.bakery.core;

/** A loaf. */
public record Bread(String kind) {}
