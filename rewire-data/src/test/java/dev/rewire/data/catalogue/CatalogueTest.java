package dev.rewire.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.SharedData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueTest {
  private static final Path HOME = Path.of("/home/ada");

  private final Catalogue catalogue = Catalogue.standard();

  @Test
  void names() {
    assertThat(catalogue.names())
        .isEqualTo(
            "digits, mnist, fashion-mnist, kmnist, cifar10, allaml and 17 more that 'rewire data"
                + " list' shows");
    assertThat(catalogue.find("mnist").orElseThrow().bytes()).isEqualTo(11_594_722);
    assertThat(catalogue.find("digits").orElseThrow().bytes()).isZero();
    assertThat(catalogue.find("MNIST")).isEmpty();
    assertThat(catalogue.find("fashion-mnist").orElseThrow().classNames()).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource({
    "minst, mnist",
    "MNIST, mnist",
    "digit, digits",
    "fashion_mnist, fashion-mnist",
    "fashionmnist, fashion-mnist",
    "mnits, mnist"
  })
  void guesses(String typed, String meant) {
    assertThat(catalogue.nearest(typed)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iris", "data.csv", "x", "", "fashion-magazines"})
  void guessesNothingFarAway(String typed) {
    assertThat(catalogue.nearest(typed)).isEmpty();
  }

  @Test
  void featureSelectionSetsHaveTheirPublishedChecksums() {
    Path data = SharedData.path("mat").getParent();
    Datasets datasets = new Datasets(new Places(data, null, data), Progress.SILENT);
    int checked = 0;
    for (CatalogueEntry entry : catalogue.entries()) {
      if (entry.folder().equals("mat")) {
        FileState state = datasets.verify(entry).getFirst();
        assertThat(state.state()).as(entry.name()).isEqualTo(FileState.State.RIGHT);
        var all = datasets.look(DatasetRequest.of(state.path().toString()));
        assertThat(all.size()).as(entry.name()).isEqualTo(entry.trainSamples());
        assertThat(all.features()).as(entry.name()).isEqualTo(entry.features());
        assertThat(all.classNames()).as(entry.name()).isEqualTo(entry.classNames());
        checked++;
      }
    }
    assertThat(checked).isEqualTo(18);
    assertThat(datasets.open(DatasetRequest.of("colon")).test().size()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "fashion-mnist"})
  void filesHaveTheirPublishedChecksums(String name) throws IOException {
    Path folder = SharedData.path(name);

    for (RemoteFile file : catalogue.find(name).orElseThrow().files()) {
      byte[] content = Files.readAllBytes(folder.resolve(file.name()));
      assertThat((long) content.length).isEqualTo(file.bytes());
      assertThat(DownloaderTest.sha256(content)).isEqualTo(file.sha256());
      assertThat(file.source().toString()).endsWith("/" + file.name());
    }
  }

  @Test
  void wrongFacts() {
    URI source = URI.create("http://localhost/");
    String sum = "0".repeat(64);

    assertThatThrownBy(() -> new RemoteFile("../f", source, 1, sum)).hasMessageContaining("../f");
    assertThatThrownBy(() -> new RemoteFile("f", source, 0, sum)).hasMessageContaining("0");
    assertThatThrownBy(() -> new RemoteFile("f", source, 1, "AB")).hasMessageContaining("AB");
  }

  @Test
  void placesOfAUser() {
    Path asked = Path.of("asked");

    assertThat(Places.of(null, Map.of(), "Linux", HOME).all())
        .containsExactly(HOME.resolve(".cache/rewire"));
    assertThat(Places.of(null, Map.of(), "Mac OS X", HOME).cache())
        .isEqualTo(HOME.resolve("Library/Caches/rewire"));
    assertThat(
            Places.of(
                    asked,
                    Map.of("REWIRE_DATA", "/data", "XDG_CACHE_HOME", "/cache"),
                    "Linux",
                    HOME)
                .all())
        .containsExactly(asked, Path.of("/data"), Path.of("/cache/rewire"));
    assertThat(
            Places.of(null, Map.of("REWIRE_DATA", " ", "XDG_CACHE_HOME", "here"), "Linux", HOME)
                .all())
        .containsExactly(HOME.resolve(".cache/rewire"));
    assertThat(Places.ofSystem(asked).all()).startsWith(asked);
  }
}
