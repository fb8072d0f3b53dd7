package dev.rewire.data.idx;

import dev.rewire.data.DataException;
import dev.rewire.data.file.Content;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.RecordLayout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures of an IDX file that are read in place. */
public final class MappedIdx {
  private MappedIdx() {}

  /**
   * Presents pictures with their labels.
   *
   * @param name of the data set, for messages
   * @param images file with magic number 2051, not packed
   * @param file the same file, mapped as a whole
   * @param classes one label a picture, or null if labels mean nothing: then all are 0
   * @param classNames names of the classes; label 0 means the first of them
   * @return one or more samples
   * @throws DataException if the file is damaged, or not what it should be
   */
  public static MappedDataset of(
      String name,
      Path images,
      MemorySegment file,
      int @Nullable [] classes,
      List<String> classNames) {
    IdxHeader header;
    try (Content content = Content.open(images)) {
      header = IdxHeader.read(images, content, Idx.IMAGES);
    }
    long start = IdxHeader.bytes(Idx.IMAGES);
    IdxBody.checkLength(images, header, start, file.byteSize());
    if (classes != null && header.count() != classes.length) {
      throw new DataException(
          "%s has %d images (byte 4), but there are %d labels: give two files that belong together."
              .formatted(images, header.count(), classes.length));
    }
    return new MappedDataset(
        name,
        List.of(file.asSlice(start)),
        RecordLayout.packed(header.itemBytes(), RecordLayout.Type.UNSIGNED_BYTE),
        classes == null ? new int[header.count()] : classes,
        classNames,
        new ImageShape(header.height(), header.width(), 1),
        List.of());
  }
}
