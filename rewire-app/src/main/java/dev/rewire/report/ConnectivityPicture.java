package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.picture.Axis;
import dev.rewire.picture.Palette;
import dev.rewire.picture.Png;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The heat maps of input connectivity as a picture file: start on the left, end on the right. */
public final class ConnectivityPicture {
  private static final int MAP = 420;
  private static final int GAP = 30;
  private static final int TOP = 88;
  private static final int WIDTH = 3 * GAP + 2 * MAP;
  private static final int BAR = 14;

  private final HeatMap map;
  private final Graphics2D draw;
  private final int height;

  private ConnectivityPicture(HeatMap map, Graphics2D draw, int height) {
    this.map = map;
    this.draw = draw;
    this.height = height;
  }

  /**
   * Draws the picture of a page about images.
   *
   * @param page the run; nothing is written if its data are no images
   * @param path the PNG file
   * @throws IOException if it cannot be written
   */
  public static void write(RunPage page, Path path) throws IOException {
    ImageShape shape = page.end().image();
    if (shape == null) {
      return;
    }
    HeatMap map = HeatMap.of(shape, page.start(), page.end());
    int mapHeight = Math.clamp((long) MAP * shape.height() / shape.width(), 1, 4 * MAP);
    BufferedImage picture =
        new BufferedImage(WIDTH, TOP + mapHeight + 84, BufferedImage.TYPE_INT_RGB);
    Graphics2D draw = picture.createGraphics();
    try {
      new ConnectivityPicture(map, draw, mapHeight).draw(page.title(), page.epochs().size());
    } finally {
      draw.dispose();
    }
    Files.write(path, Png.pack(picture));
  }

  private void draw(String dataset, int epochs) {
    draw.setColor(Color.WHITE);
    draw.fillRect(0, 0, WIDTH, TOP + height + 84);
    draw.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    draw.drawImage(map.image(map.start()), GAP, TOP, MAP, height, null);
    draw.drawImage(map.image(map.end()), 2 * GAP + MAP, TOP, MAP, height, null);
    int y = TOP + height + 24;
    for (int x = 0; x < WIDTH - 2 * GAP; x++) {
      draw.setColor(new Color(Palette.VIRIDIS.colour(x / (WIDTH - 2.0 * GAP))));
      draw.fillRect(GAP + x, y, 1, BAR);
    }
    try {
      words(dataset, epochs, y + BAR);
    } catch (InternalError | LinkageError | RuntimeException noFonts) {
      // a machine without fonts still gets the maps
    }
  }

  private void words(String dataset, int epochs, int barEnd) {
    draw.setColor(new Color(0x1f2328));
    font(Font.BOLD, 20);
    draw.drawString("Where a sparse network looks: " + dataset, GAP, 36);
    font(Font.PLAIN, 16);
    draw.drawString("Before training", GAP, TOP - 12);
    draw.drawString(
        "After " + epochs + (epochs == 1 ? " epoch" : " epochs"), 2 * GAP + MAP, TOP - 12);
    draw.setColor(new Color(0x59636e));
    font(Font.PLAIN, 14);
    Axis axis = Axis.linear(0, map.most());
    for (double mark : axis.marks()) {
      if (mark <= map.most()) {
        int x = GAP + (int) Math.round(mark / map.most() * (WIDTH - 2 * GAP));
        String label = axis.label(mark);
        int width = draw.getFontMetrics().stringWidth(label);
        draw.drawString(label, Math.clamp(x - width / 2, GAP, WIDTH - GAP - width), barEnd + 17);
      }
    }
    String unit = "connections leaving each pixel";
    int width = draw.getFontMetrics().stringWidth(unit);
    draw.drawString(unit, (WIDTH - width) / 2, barEnd + 36);
  }

  private void font(int style, int size) {
    draw.setFont(new Font(Font.SANS_SERIF, style, size));
  }
}
