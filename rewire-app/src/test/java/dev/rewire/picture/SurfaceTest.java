package dev.rewire.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rewire.picture.Chart.Band;
import dev.rewire.picture.Chart.Kind;
import dev.rewire.picture.Chart.Level;
import dev.rewire.picture.Chart.Series;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** One drawing, two surfaces. */
class SurfaceTest {
  private static Chart chart() {
    double[] x = {0, 1, 2, 3};
    return new Chart(
            "a < b & \"c\"\u0001",
            Axis.linear(0, 3),
            "x",
            Axis.linear(0, 10),
            "y",
            List.of(
                new Series("line", "a", Kind.LINE, x, new double[] {1, Double.NaN, 3, 4}),
                new Series("steps", "b", Kind.STEPS, x, new double[] {10, 5, 5, 0})))
        .with(new Band("", "band", x, new double[] {1, 1, 1, 1}, new double[] {2, 2, 2, 2}))
        .with(new Level("chance", 7));
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFileOfSvgIsXmlThatNeedsNothingElse() throws Exception {
    Svg svg = new Svg(Chart.WIDTH, Chart.HEIGHT, "a < b");
    chart().draw(svg, 0, 0);
    Document file = parse(svg.file());
    assertThat(file.getDocumentElement().getNamespaceURI()).isNull(); // the parser ignores them
    assertThat(file.getDocumentElement().getAttribute("xmlns"))
        .isEqualTo("http://www.w3.org/2000/svg");
    assertThat(file.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b");
    String style = file.getElementsByTagName("style").item(0).getTextContent();
    for (String tag : List.of("line", "path", "circle", "text", "rect")) {
      var found = file.getElementsByTagName(tag);
      assertThat(found.getLength()).as(tag).isPositive();
      for (int i = 0; i < found.getLength(); i++) {
        String name = ((Element) found.item(i)).getAttribute("class");
        assertThat(style).contains("." + name.replace(' ', '.') + "{");
      }
    }
  }

  @Test
  void stairsGoLevelAndThenUpright() {
    Svg svg = new Svg(Chart.WIDTH, Chart.HEIGHT, "stairs");
    new Chart(
            "stairs",
            Axis.linear(0, 2),
            "x",
            Axis.linear(0, 2),
            "y",
            List.of(
                new Series("one", "a", Kind.STEPS, new double[] {0, 1, 2}, new double[] {2, 0, 0})))
        .draw(svg, 0, 0);
    assertThat(svg.toString())
        .contains("d=\"M66.0 40.0L287.0 40.0L287.0 256.0L508.0 256.0L508.0 256.0\"");
  }

  @Test
  void pixelsAreDrawnWhereTheVectorsLie() {
    try (Raster raster = new Raster(Chart.WIDTH, Chart.HEIGHT, 2)) {
      chart().draw(raster, 0, 0);
      BufferedImage image = raster.image();
      assertThat(image.getWidth()).isEqualTo(2 * Chart.WIDTH);
      // the first step of the stairs begins in the corner at the top left
      assertThat(image.getRGB(2 * 67, 2 * 40) & 0xffffff).isEqualTo(0xd55e00);
      assertThat(image.getRGB(2 * 519, 2) & 0xffffff).isEqualTo(0xffffff);
    }
  }

  @Test
  void smallPicturesAreEnlargedWithSharpPixels() throws Exception {
    BufferedImage two = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    two.setRGB(0, 0, 0x112233);
    two.setRGB(1, 0, 0x445566);
    try (Raster raster = new Raster(40, 40, 1)) {
      raster.pixels(two, 10, 10, 20, 20, "two");
      assertThat(raster.image().getRGB(19, 29) & 0xffffff).isEqualTo(0x112233);
      assertThat(raster.image().getRGB(20, 10) & 0xffffff).isEqualTo(0x445566);
      assertThat(raster.image().getRGB(30, 10) & 0xffffff).isEqualTo(0xffffff);
    }
    Svg svg = new Svg(40, 40, "two");
    svg.pixels(two, 10, 10, 20, 20, "two");
    Element image = (Element) parse(svg.file()).getElementsByTagName("image").item(0);
    assertThat(decoded(image.getAttribute("href")).getRGB(1, 0) & 0xffffff).isEqualTo(0x445566);
  }

  private static BufferedImage decoded(String address) throws IOException {
    String start = "data:image/png;base64,";
    assertThat(address).startsWith(start);
    return ImageIO.read(
        new ByteArrayInputStream(Base64.getDecoder().decode(address.substring(start.length()))));
  }

  @Test
  void anUnknownStyleIsRefused() {
    try (Raster raster = new Raster(10, 10, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> raster.line("lien a", 0, 0, 1, 1))
          .withMessageContaining("lien a");
    }
  }

  @Test
  void coloursOfPagesAndPicturesAgree() throws IOException {
    try (var in = dev.rewire.report.HtmlReport.class.getResourceAsStream("report.css")) {
      assertThat(in).isNotNull();
      String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String name : List.of("a", "b", "c", "d", "e")) {
        assertThat(css).contains("--%s: #%06x".formatted(name, Style.of("line " + name).stroke()));
      }
      assertThat(css).contains("--text: #%06x".formatted(Style.of("title").fill()));
    }
  }
}
