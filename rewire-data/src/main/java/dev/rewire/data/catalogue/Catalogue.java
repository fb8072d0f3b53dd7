package dev.rewire.data.catalogue;

import dev.rewire.data.digits.Digits;
import dev.rewire.dataset.InMemoryDataset;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data sets that have a name.
 *
 * @param entries all of them, the default one first
 */
public record Catalogue(List<CatalogueEntry> entries) {
  /** Name of the data set that needs no file. */
  public static final String DIGITS = "digits";

  private static final int PIXELS = 28 * 28;

  private static final int NAMED = 6;

  private static final Catalogue STANDARD =
      new Catalogue(
          Stream.concat(
                  Stream.of(digits(), mnist(), fashion(), kuzushiji(), cifar()),
                  FeatureSelectionSets.all().stream())
              .toList());

  /** Copies the list. */
  public Catalogue {
    entries = List.copyOf(entries);
  }

  /**
   * Returns the data sets that everybody has.
   *
   * @return {@code digits}, {@code mnist} and its relatives, {@code cifar10}, and the small sets
   *     for feature selection
   */
  public static Catalogue standard() {
    return STANDARD;
  }

  /**
   * Looks up a name.
   *
   * @param name in lower case
   * @return the data set of exactly this name, if there is one
   */
  public Optional<CatalogueEntry> find(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /**
   * Guesses what was meant by a wrong name.
   *
   * @param name what was typed
   * @return the name that takes the fewest changes, if these are no more than a third of it
   */
  public Optional<String> nearest(String name) {
    String typed = name.toLowerCase(Locale.ROOT);
    return entries.stream()
        .map(CatalogueEntry::name)
        .min(Comparator.comparingInt(known -> distance(typed, known)))
        .filter(known -> 3 * distance(typed, known) <= Math.max(known.length(), 6));
  }

  /**
   * Returns names for a message.
   *
   * @return the first names, separated by commas, and how many more there are
   */
  public String names() {
    String first =
        String.join(", ", entries.stream().limit(NAMED).map(CatalogueEntry::name).toList());
    return entries.size() <= NAMED
        ? first
        : first + " and " + (entries.size() - NAMED) + " more that 'rewire data list' shows";
  }

  private static CatalogueEntry digits() {
    return new CatalogueEntry(
        DIGITS,
        "handwriting-like digits, drawn by Rewire",
        "that of Rewire",
        Digits.TRAIN_SAMPLES,
        Digits.TEST_SAMPLES,
        PIXELS,
        InMemoryDataset.numbered(10),
        List.of());
  }

  private static CatalogueEntry mnist() {
    String base = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    return new CatalogueEntry(
        "mnist",
        "handwritten digits (LeCun, Cortes and Burges)",
        "CC BY-SA 3.0 as usually cited",
        60_000,
        10_000,
        PIXELS,
        InMemoryDataset.numbered(10),
        List.of(
            file(
                base,
                "train-images-idx3-ubyte.gz",
                9_912_422,
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            file(
                base,
                "train-labels-idx1-ubyte.gz",
                28_881,
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            file(
                base,
                "t10k-images-idx3-ubyte.gz",
                1_648_877,
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            file(
                base,
                "t10k-labels-idx1-ubyte.gz",
                4_542,
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")));
  }

  private static CatalogueEntry fashion() {
    String base = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
    return new CatalogueEntry(
        "fashion-mnist",
        "pictures of clothes (Xiao, Rasul and Vollgraf, 2017)",
        "MIT (Zalando SE)",
        60_000,
        10_000,
        PIXELS,
        List.of(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot"),
        List.of(
            file(
                base,
                "train-images-idx3-ubyte.gz",
                26_421_880,
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            file(
                base,
                "train-labels-idx1-ubyte.gz",
                29_515,
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            file(
                base,
                "t10k-images-idx3-ubyte.gz",
                4_422_102,
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            file(
                base,
                "t10k-labels-idx1-ubyte.gz",
                5_148,
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")));
  }

  private static CatalogueEntry kuzushiji() {
    String base = "http://codh.rois.ac.jp/kmnist/dataset/kmnist/";
    return new CatalogueEntry(
        "kmnist",
        "handwritten cursive Japanese (Clanuwat et al., 2018)",
        "CC BY-SA 4.0",
        60_000,
        10_000,
        PIXELS,
        List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
        List.of(
            file(
                base,
                "train-images-idx3-ubyte.gz",
                18_165_135,
                "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
            file(
                base,
                "train-labels-idx1-ubyte.gz",
                29_497,
                "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
            file(
                base,
                "t10k-images-idx3-ubyte.gz",
                3_041_136,
                "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
            file(
                base,
                "t10k-labels-idx1-ubyte.gz",
                5_120,
                "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c")));
  }

  private static CatalogueEntry cifar() {
    return new CatalogueEntry(
        "cifar10",
        "small colour pictures (Krizhevsky, 2009)",
        "none stated; cite the technical report",
        50_000,
        10_000,
        3 * 32 * 32,
        List.of(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck"),
        List.of(
            file(
                "https://www.cs.toronto.edu/~kriz/",
                "cifar-10-binary.tar.gz",
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")));
  }

  private static RemoteFile file(String base, String name, long bytes, String sha256) {
    return new RemoteFile(name, URI.create(base + name), bytes, sha256);
  }

  /** Levenshtein's distance: insertions, deletions and replacements of a letter. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
