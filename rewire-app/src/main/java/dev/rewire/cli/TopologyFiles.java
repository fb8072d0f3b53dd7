package dev.rewire.cli;

import dev.rewire.microscope.LayerHistory;
import dev.rewire.model.AtomicFile;
import dev.rewire.picture.Apng;
import dev.rewire.picture.Film;
import dev.rewire.picture.Gif;
import dev.rewire.report.RunPage.Fact;
import dev.rewire.report.TopologyPage;
import dev.rewire.report.TopologyPicture;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which pictures are written, and where. */
final class TopologyFiles {
  private static final String NAME = "topology";

  /** A film takes about this long, whatever the number of its pictures. */
  private static final int HUNDREDTHS = 800;

  @Option(names = "--png", description = "Write topology.png: maps and curves on one sheet.")
  boolean png;

  @Option(names = "--svg", description = "Write topology.svg: the same in lines, for print.")
  boolean svg;

  @Option(names = "--gif", description = "Write topology.gif: a film of map and trend curve.")
  boolean gif;

  @Option(names = "--apng", description = "Write topology.apng: the same film in all its colours.")
  boolean apng;

  @Option(
      names = "--html",
      description = "Write topology.html: a page with a slider over the epochs.")
  boolean html;

  boolean none() {
    return !png && !svg && !gif && !apng && !html;
  }

  /** Writes what was asked for, all if nothing was; returns the files by their kind. */
  Map<String, String> write(
      Path folder,
      TopologySource source,
      LayerHistory history,
      List<Fact> facts,
      Map<String, String> sentences,
      Patience patience)
      throws IOException {
    boolean all = none();
    Files.createDirectories(folder);
    Map<String, String> files = new LinkedHashMap<>();
    TopologyPicture picture = new TopologyPicture(source.title(), history);
    if (all || png) {
      patience.at("drawing " + NAME + ".png");
      Files.write(file(folder, "png", files), picture.png());
    }
    if (all || svg) {
      Files.writeString(file(folder, "svg", files), picture.svg());
    }
    if (all || html) {
      patience.at("writing " + NAME + ".html");
      AtomicFile.write(
          file(folder, "html", files),
          TopologyPage.html(source.title(), source.subtitle(), history, facts, sentences));
    }
    if (all || gif || apng) {
      film(folder, picture, all, files, patience);
    }
    return files;
  }

  private void film(
      Path folder,
      TopologyPicture picture,
      boolean all,
      Map<String, String> files,
      Patience patience)
      throws IOException {
    List<Film> films = new ArrayList<>();
    int width = picture.filmWidth();
    int height = TopologyPicture.FILM_HEIGHT;
    try {
      if (all || gif) {
        films.add(new Gif(stream(file(folder, "gif", files)), width, height));
      }
      if (all || apng) {
        films.add(new Apng(stream(file(folder, "apng", files)), width, height, picture.pictures()));
      }
      picture.film(
          films,
          Math.clamp(HUNDREDTHS / picture.pictures(), 6, 60),
          done -> patience.at("filming moment %d of %d".formatted(done, picture.pictures())));
    } finally {
      for (Film film : films) {
        film.close();
      }
    }
  }

  private static OutputStream stream(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file));
  }

  private static Path file(Path folder, String ending, Map<String, String> files) {
    Path file = folder.resolve(NAME + "." + ending);
    files.put(ending, file.toString());
    return file;
  }
}
