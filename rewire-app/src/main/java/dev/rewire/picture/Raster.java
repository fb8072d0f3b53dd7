package dev.rewire.picture;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws a picture in pixels, dark on white. On a machine without fonts there are no words. */
public final class Raster implements Surface, AutoCloseable {
  private static final double RADIUS = 2.5;

  private final BufferedImage image;
  private final Graphics2D draw;
  private boolean fonts = true;

  /**
   * Begins a picture.
   *
   * @param width in its own units
   * @param height in its own units
   * @param scale pixels a unit, 1 or more
   */
  public Raster(int width, int height, int scale) {
    image = new BufferedImage(scale * width, scale * height, BufferedImage.TYPE_INT_RGB);
    draw = image.createGraphics();
    draw.setColor(new Color(Style.BACK));
    draw.fillRect(0, 0, image.getWidth(), image.getHeight());
    draw.scale(scale, scale);
    draw.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    draw.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    draw.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }

  /**
   * Returns the picture.
   *
   * @return what has been drawn; it changes with what is drawn later
   */
  public BufferedImage image() {
    return image;
  }

  @Override
  public void close() {
    draw.dispose();
  }

  private void outline(String name, java.awt.Shape shape) {
    Style style = Style.of(name);
    draw.setColor(new Color(style.stroke()));
    float[] dashes = style.dashes();
    draw.setStroke(
        dashes == null
            ? new BasicStroke((float) style.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
            : new BasicStroke(
                (float) style.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
    draw.draw(shape);
  }

  private void fill(String name, java.awt.Shape shape) {
    Style style = Style.of(name);
    draw.setColor(new Color(style.fill()));
    draw.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) style.opacity()));
    draw.fill(shape);
    draw.setComposite(AlphaComposite.SrcOver);
  }

  private static Path2D path(double[] x, double[] y) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < x.length; i++) {
      if (i == 0) {
        path.moveTo(x[i], y[i]);
      } else {
        path.lineTo(x[i], y[i]);
      }
    }
    return path;
  }

  @Override
  public void line(String style, double x1, double y1, double x2, double y2) {
    outline(style, new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void lines(String style, double[] x, double[] y) {
    outline(style, path(x, y));
  }

  @Override
  public void polygon(String style, double[] x, double[] y) {
    Path2D path = path(x, y);
    path.closePath();
    fill(style, path);
  }

  @Override
  public void area(String style, double x, double y, double width, double height) {
    Rectangle2D area = new Rectangle2D.Double(x, y, width, height);
    if (Style.of(style).fill() >= 0) {
      fill(style, area);
    } else {
      outline(style, area);
    }
  }

  @Override
  public void bar(String style, double x, double y, double width, double height, String tip) {
    area(style, x, y, width, height);
  }

  @Override
  public void dot(String style, double x, double y, String tip) {
    fill(style, new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
  }

  @Override
  public void text(String name, String anchor, double x, double y, String words) {
    if (!fonts) {
      return;
    }
    try {
      Style style = Style.of(name);
      draw.setFont(new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, style.size()));
      draw.setColor(new Color(style.fill()));
      double wide =
          anchor.equals("start")
              ? 0
              : draw.getFontMetrics().getStringBounds(words, draw).getWidth();
      draw.drawString(words, (float) (x - (anchor.equals("middle") ? wide / 2 : wide)), (float) y);
    } catch (InternalError | LinkageError | RuntimeException noFonts) {
      fonts = false;
    }
  }

  @Override
  public void upwards(String style, double x, double y, String words) {
    AffineTransform before = draw.getTransform();
    draw.translate(x, y);
    draw.rotate(-Math.PI / 2);
    text(style, "middle", 0, 0, words);
    draw.setTransform(before);
  }

  @Override
  public void pixels(
      BufferedImage small, double x, double y, double width, double height, String words) {
    draw.drawImage(
        small, (int) Math.round(x), (int) Math.round(y), (int) width, (int) height, null);
  }
}
