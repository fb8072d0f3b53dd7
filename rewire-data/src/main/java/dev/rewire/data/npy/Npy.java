package dev.rewire.data.npy;

import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.ArrayFormat;
import dev.rewire.data.file.ByteSource;
import dev.rewire.data.file.Content;
import dev.rewire.data.format.Beginning;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads the one array of a file that {@code numpy.save} wrote. Python objects are refused. */
public final class Npy implements ArrayFormat {
  /** Makes a reader. */
  public Npy() {}

  @Override
  public String name() {
    return "NumPy NPY";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.has(0, NpyArray.MAGIC);
  }

  @Override
  public <T> T open(Path path, Function<List<? extends ArrayEntry>, T> use) {
    NpyArray array = place(path).array();
    return use.apply(List.of(array.entry("array", elements -> read(path, elements))));
  }

  /**
   * What a file holds.
   *
   * @param array what its header says
   * @param start first byte of the elements, behind the header
   */
  public record Place(NpyArray array, long start) {}

  /**
   * Reads the header of a file, and compares it with the length of the file if that is plain.
   *
   * @param path plain or gzip
   * @return where its array is
   * @throws dev.rewire.data.DataException if it is missing, or damaged, or no such file
   */
  public static Place place(Path path) {
    try (Content content = Content.open(path)) {
      ByteSource source = source(path, content);
      NpyArray array = NpyArray.read(source, content.most());
      long start = source.offset();
      long end = start + array.bytes();
      if (array.known() && !content.packed() && content.size() != end) {
        throw source.wrong(
            Math.min(end, content.size()),
            "has " + content.size() + " bytes, but its header promises " + end);
      }
      return new Place(array, start);
    }
  }

  private static void read(Path path, Consumer<ByteSource> elements) {
    try (Content content = Content.open(path)) {
      ByteSource source = source(path, content);
      NpyArray.read(source, content.most());
      elements.accept(source);
      long end = source.offset();
      if (source.drain() > 0) {
        throw source.wrong(end, "goes on where its header says it ends");
      }
    }
  }

  private static ByteSource source(Path path, Content content) {
    return new ByteSource(path.toString(), content.stream(), ByteOrder.LITTLE_ENDIAN);
  }
}
