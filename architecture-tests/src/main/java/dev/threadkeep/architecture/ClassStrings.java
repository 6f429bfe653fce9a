package dev.threadkeep.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The texts in the code of a class, which ArchUnit does not keep: read from the constant pool of
 * its class file (JVM specification, 4.4). Concatenations are there as one text with a control
 * character in each gap.
 */
final class ClassStrings {
  private static final int MAGIC = 0xCAFEBABE;

  private ClassStrings() {}

  /** All of them; none for a class that was not imported itself. */
  static List<String> of(JavaClass type) {
    return type.getSource().map(source -> read(source.getUri())).orElseGet(List::of);
  }

  private static List<String> read(URI classFile) {
    try (InputStream bytes = classFile.toURL().openStream();
        DataInputStream in = new DataInputStream(new BufferedInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("is no class file");
      }
      in.readInt(); // version
      return strings(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(classFile.toString(), unreadable);
    }
  }

  private static List<String> strings(DataInputStream in) throws IOException {
    Map<Integer, String> texts = new HashMap<>();
    List<Integer> strings = new ArrayList<>();
    int count = in.readUnsignedShort();
    for (int index = 1; index < count; index++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts.put(index, in.readUTF());
        case 8 -> strings.add(in.readUnsignedShort());
        case 7, 16, 19, 20 -> in.skipNBytes(2); // class, method type, module, package
        case 15 -> in.skipNBytes(3); // method handle
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4); // numbers, references, dynamics
        case 5, 6 -> {
          in.skipNBytes(8);
          index++; // long and double take two places
        }
        default -> throw new IOException("has a constant of the unknown kind " + tag);
      }
    }
    return strings.stream().map(index -> Objects.requireNonNull(texts.get(index))).toList();
  }
}
