package dev.threadkeep.domain;

/** What an element is. Types that a newer writer adds are kept as they are. */
public record ElementType(String value) {
  public static final ElementType IMAGE = new ElementType("image");
  public static final ElementType TEXT = new ElementType("text");
  public static final ElementType PDF = new ElementType("pdf");
  public static final ElementType TASKLIST = new ElementType("tasklist");
  public static final ElementType AUDIO = new ElementType("audio");
  public static final ElementType VIDEO = new ElementType("video");
  public static final ElementType FILE = new ElementType("file");
  public static final ElementType PLOTLY = new ElementType("plotly");
  public static final ElementType DATAFRAME = new ElementType("dataframe");
  public static final ElementType CUSTOM = new ElementType("custom");

  public static ElementType of(String value) {
    return new ElementType(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
