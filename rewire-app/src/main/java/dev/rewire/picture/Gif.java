package dev.rewire.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A film in the format GIF (89a), which every program shows; each picture has at most 256 colours.
 */
public final class Gif implements Film {
  private static final String IMAGE = "javax_imageio_gif_image_1.0";
  private static final String STREAM = "javax_imageio_gif_stream_1.0";

  private final OutputStream out;
  private final int width;
  private final int height;
  private final Difference difference;
  private final MemoryCacheImageOutputStream stream;
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
  private boolean begun;

  /**
   * Begins a film.
   *
   * @param out where to; closed with the film
   * @param width pixels in a row, 1 or more
   * @param height rows, 1 or more
   */
  public Gif(OutputStream out, int width, int height) {
    this.out = out;
    this.width = width;
    this.height = height;
    difference = new Difference(width, height);
    stream = new MemoryCacheImageOutputStream(out);
    writer.setOutput(stream);
  }

  @Override
  public void add(BufferedImage picture, int hundredths) throws IOException {
    Rectangle part = difference.from(picture);
    BufferedImage few = Colours.few(picture, part);
    if (!begun) {
      writer.prepareWriteSequence(screen());
    }
    writer.writeToSequence(new IIOImage(few, null, about(few, part, hundredths)), null);
    begun = true;
  }

  private IIOMetadata screen() throws IOException {
    IIOMetadata metadata = writer.getDefaultStreamMetadata(null);
    IIOMetadataNode root = new IIOMetadataNode(STREAM);
    IIOMetadataNode version = new IIOMetadataNode("Version");
    version.setAttribute("value", "89a");
    root.appendChild(version);
    root.appendChild(
        node(
            "LogicalScreenDescriptor",
            "logicalScreenWidth",
            width,
            "logicalScreenHeight",
            height,
            "colorResolution",
            Byte.SIZE,
            "pixelAspectRatio",
            0));
    metadata.mergeTree(STREAM, root);
    return metadata;
  }

  private IIOMetadata about(BufferedImage few, Rectangle part, int hundredths) throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(few), null);
    IIOMetadataNode root = new IIOMetadataNode(IMAGE);
    IIOMetadataNode place =
        node(
            "ImageDescriptor",
            "imageLeftPosition",
            part.x,
            "imageTopPosition",
            part.y,
            "imageWidth",
            part.width,
            "imageHeight",
            part.height);
    place.setAttribute("interlaceFlag", "FALSE");
    root.appendChild(place);
    IIOMetadataNode control =
        node("GraphicControlExtension", "delayTime", hundredths, "transparentColorIndex", 0);
    control.setAttribute("disposalMethod", "doNotDispose");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    root.appendChild(control);
    if (!begun) {
      root.appendChild(endless());
    }
    metadata.mergeTree(IMAGE, root);
    return metadata;
  }

  /** The extension that all programs understand: begin again after the last picture. */
  private static IIOMetadataNode endless() {
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    loop.setUserObject(new byte[] {1, 0, 0});
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(loop);
    return extensions;
  }

  private static IIOMetadataNode node(String name, Object... attributes) {
    IIOMetadataNode node = new IIOMetadataNode(name);
    for (int i = 0; i < attributes.length; i += 2) {
      node.setAttribute(String.valueOf(attributes[i]), String.valueOf(attributes[i + 1]));
    }
    return node;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (begun) {
        writer.endWriteSequence();
      }
      stream.close();
    } finally {
      writer.dispose();
    }
  }
}
