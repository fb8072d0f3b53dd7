package dev.rewire.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** Films are read back by other programs than those that wrote them. */
class FilmTest {
  private static final int WIDTH = 61;
  private static final int HEIGHT = 37;

  private static BufferedImage blank() {
    return new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
  }

  /** Noise, then a spot that moves, then the same picture once more. */
  private static List<BufferedImage> pictures(int colours) {
    Random random = new Random(5);
    int[] palette = random.ints(colours, 0, 1 << 24).toArray();
    List<BufferedImage> pictures = new ArrayList<>();
    BufferedImage first = blank();
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      first.setRGB(i % WIDTH, i / WIDTH, palette[random.nextInt(colours)]);
    }
    pictures.add(first);
    for (int f = 1; f < 5; f++) {
      BufferedImage next = blank();
      Graphics2D draw = next.createGraphics();
      draw.drawImage(pictures.getLast(), 0, 0, null);
      draw.dispose();
      for (int i = 0; i < (f == 4 ? 0 : 9); i++) {
        next.setRGB(10 * f + i % 3, 20 + i / 3, palette[f]);
      }
      pictures.add(next);
    }
    return pictures;
  }

  private static int[] pixels(BufferedImage image) {
    int[] pixels = image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= 0xffffff;
    }
    return pixels;
  }

  private static byte[] apng(List<BufferedImage> pictures) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Film film = new Apng(file, WIDTH, HEIGHT, pictures.size())) {
      for (int f = 0; f < pictures.size(); f++) {
        film.add(pictures.get(f), 10 + f);
      }
    }
    return file.toByteArray();
  }

  private static byte[] gif(List<BufferedImage> pictures) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Film film = new Gif(file, WIDTH, HEIGHT)) {
      for (int f = 0; f < pictures.size(); f++) {
        film.add(pictures.get(f), 10 + f);
      }
    }
    return file.toByteArray();
  }

  @Test
  void apngHasEveryPixelOfEveryPicture() throws IOException {
    List<BufferedImage> pictures = pictures(5000);
    byte[] file = apng(pictures);
    ApngReader film = new ApngReader(file);
    assertThat(film.promised).isEqualTo(5);
    assertThat(film.plays).isZero();
    assertThat(film.frames).hasSize(5);
    for (int f = 0; f < 5; f++) {
      assertThat(film.frames.get(f).pixels()).isEqualTo(pixels(pictures.get(f)));
      assertThat(film.frames.get(f).hundredths()).isEqualTo(10 + f);
    }
    assertThat(film.frames.get(2).packed()).isLessThan(film.frames.get(0).packed() / 10);
    // programs that know no films see the first picture
    assertThat(pixels(ImageIO.read(new ByteArrayInputStream(file))))
        .isEqualTo(pixels(pictures.getFirst()));
  }

  @Test
  void apngTakesAsManyPicturesAsWerePromised() throws IOException {
    BufferedImage picture = blank();
    Film less = new Apng(OutputStream.nullOutputStream(), WIDTH, HEIGHT, 2);
    less.add(picture, 1);
    assertThatIllegalStateException().isThrownBy(less::close).withMessageContaining("only 1");
    Film more = new Apng(OutputStream.nullOutputStream(), WIDTH, HEIGHT, 1);
    more.add(picture, 1);
    assertThatIllegalStateException().isThrownBy(() -> more.add(picture, 1));
  }

  @Test
  void picturesOfAnotherSizeAreRefused() throws IOException {
    try (Film film = new Gif(OutputStream.nullOutputStream(), WIDTH, HEIGHT + 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> film.add(blank(), 1))
          .withMessageContaining("61 x 37");
    }
  }

  @Test
  void gifHasEveryPixelOfPicturesOfFewColours() throws IOException {
    List<BufferedImage> pictures = pictures(200);
    byte[] file = gif(pictures);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(file)));
    assertThat(reader.getNumImages(true)).isEqualTo(5);
    BufferedImage screen = blank();
    Graphics2D draw = screen.createGraphics();
    for (int f = 0; f < 5; f++) {
      IIOMetadataNode root =
          (IIOMetadataNode) reader.getImageMetadata(f).getAsTree("javax_imageio_gif_image_1.0");
      IIOMetadataNode place = child(root, "ImageDescriptor");
      draw.drawImage(
          reader.read(f),
          Integer.parseInt(place.getAttribute("imageLeftPosition")),
          Integer.parseInt(place.getAttribute("imageTopPosition")),
          null);
      assertThat(pixels(screen)).as("picture %d", f).isEqualTo(pixels(pictures.get(f)));
      IIOMetadataNode control = child(root, "GraphicControlExtension");
      assertThat(control.getAttribute("delayTime")).isEqualTo(String.valueOf(10 + f));
      assertThat(control.getAttribute("disposalMethod")).isEqualTo("doNotDispose");
      if (f == 0) {
        IIOMetadataNode loop = child(root, "ApplicationExtension");
        assertThat(loop.getAttribute("applicationID")).isEqualTo("NETSCAPE");
        assertThat((byte[]) loop.getUserObject()).containsExactly(1, 0, 0);
      }
    }
    draw.dispose();
    assertThat(new String(file, 0, 6, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("GIF89a");
  }

  @Test
  void gifWithTooManyColoursTakesAlikeOnes() throws IOException {
    BufferedImage picture = blank();
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      picture.setRGB(i % WIDTH, i / WIDTH, 0x010101 * (i % 250) + i % 3);
    }
    byte[] file = gif(List.of(picture));
    int[] found = pixels(ImageIO.read(new ByteArrayInputStream(file)));
    int[] wanted = pixels(picture);
    for (int i = 0; i < found.length; i++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        assertThat(found[i] >> shift & 0xff)
            .isCloseTo(wanted[i] >> shift & 0xff, org.assertj.core.data.Offset.offset(2));
      }
    }
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    NodeList nodes = root.getElementsByTagName(name);
    assertThat(nodes.getLength()).as(name).isEqualTo(1);
    return (IIOMetadataNode) nodes.item(0);
  }
}
