package dev.rewire.data.catalogue;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The small data sets on which methods of feature selection are compared. */
final class FeatureSelectionSets {
  private static final String SOURCE =
      "https://raw.githubusercontent.com/jundongl/scikit-feature/master/skfeature/data/";
  private static final String LICENCE = "not stated by the source (research use)";
  private static final List<String> SIGNED = List.of("-1", "1");

  private FeatureSelectionSets() {}

  /** Returns those of the ASU feature selection repository. */
  static List<CatalogueEntry> all() {
    return List.of(
        entry(
            "ALLAML",
            "leukemia, two kinds (gene expression)",
            72,
            7129,
            numbered(2),
            3_639_219,
            "068afe0fe1021932e1e7d801294c267de8aeaa9d41899acfac024e72b0d44c1e"),
        entry(
            "BASEHOCK",
            "newsgroups about baseball and hockey (word counts)",
            1993,
            4862,
            numbered(2),
            279_059,
            "e0452e0f3c0fefdc5cb6352165e4ba4a25c3a2a7b5a5b4d44e103742d6317aa0"),
        entry(
            "COIL20",
            "pictures of 20 objects, 32 x 32",
            1440,
            1024,
            numbered(20),
            3_024_549,
            "4595ebdda07f47b0eb014fcfaddc22b452f9aed9c1d9261a0d5bc336c1ee1344"),
        entry(
            "Isolet",
            "spoken letters",
            1560,
            617,
            numbered(26),
            3_652_673,
            "ea73c69b1342a7def8199458e53a70307a83d557eceb2579863dda57c3ccd2b1"),
        entry(
            "ORL",
            "faces of 40 persons, 32 x 32",
            400,
            1024,
            numbered(40),
            376_584,
            "e257ec36002e48688ed7f3b9fda13f479f2fd98864fa0672d1353eda1912b189"),
        entry(
            "PCMAC",
            "newsgroups about PC and Mac (word counts)",
            1943,
            3289,
            numbered(2),
            191_131,
            "9999dfccf97ab88f87127dd3457da436acb75cda9f0af4750e7cae5fe1a31b25"),
        entry(
            "Prostate-GE",
            "prostate cancer (gene expression)",
            102,
            5966,
            numbered(2),
            1_524_983,
            "050b598534dbc662f23e30f39b41354b61d02ab8567837bcf9b1091c1c636ab4"),
        entry(
            "TOX-171",
            "toxicology (gene expression)",
            171,
            5748,
            numbered(4),
            3_470_586,
            "f52f57e61775b7830c84750456d7fadfd220d1cc8eed26419c3390eb9216cc84"),
        entry(
            "Yale",
            "faces of 15 persons, 32 x 32",
            165,
            1024,
            numbered(15),
            161_021,
            "cccd29abd2c520dd5cc8ff7645b422c2bdadd59406a6b6a0239143d9d44afcf3"),
        entry(
            "colon",
            "colon cancer (gene expression, discrete)",
            62,
            2000,
            SIGNED,
            36_319,
            "ffcdeba03eb67cec403fa1dc9f827c22a6e2c57786bf3e01dfe1b4b3e25e0a2f"),
        entry(
            "leukemia",
            "leukemia (gene expression, discrete)",
            72,
            7070,
            SIGNED,
            154_743,
            "eb92382fb77c968864cb0a92a2c77acde7f88ba7fe5fd5a64b98184e3a05269d"),
        entry(
            "lung_small",
            "lung cancer (gene expression, discrete)",
            73,
            325,
            numbered(7),
            7516,
            "93c6a65eb1f6f9f95ac897010c337254a57c57e7f8c0c9a7963a0e03de8233f4"),
        entry(
            "madelon",
            "artificial, 20 of 500 features matter",
            2600,
            500,
            SIGNED,
            1_496_573,
            "7dc9c9ff8d902651948e2df7f9cb6ed38c5d91e4c4159914cecb1ddbc7def12c"),
        entry(
            "nci9",
            "nine kinds of cancer (gene expression, discrete)",
            60,
            9712,
            numbered(9),
            169_288,
            "e336aa43eaf3103803252604375a89141043994a54f93222f7ccc12b5b910789"),
        entry(
            "orlraws10P",
            "faces of 10 persons, 92 x 112",
            100,
            10_304,
            numbered(10),
            951_783,
            "6ffa58759c5636f4ce311d23e44ef8de9f39bbb844902154c0cc5daac71226d6"),
        entry(
            "pixraw10P",
            "faces of 10 persons, 100 x 100",
            100,
            10_000,
            numbered(10),
            520_463,
            "aa4b474244ae847dc2efdc868c0ff58fc3748a830c2ffdf760a1697cf72088f8"),
        entry(
            "warpAR10P",
            "faces of 10 persons, 60 x 40",
            130,
            2400,
            numbered(10),
            279_711,
            "92b5f7e72b5715ada8f2df16e6d8e5effd8e0034a53a656ed9ef76e3f727d413"),
        entry(
            "warpPIE10P",
            "faces of 10 persons, 55 x 44",
            210,
            2420,
            numbered(10),
            458_267,
            "0d22b0e4fe224ea7347ae266370b6eb0d724d5fd0ad7da71261a58c24e08c3c2"));
  }

  private static CatalogueEntry entry(
      String file,
      String title,
      int samples,
      int features,
      List<String> classes,
      long bytes,
      String sha256) {
    String mat = file + ".mat";
    return new CatalogueEntry(
        file.toLowerCase(Locale.ROOT).replace('_', '-'),
        title,
        LICENCE,
        samples,
        0,
        features,
        classes,
        "mat",
        List.of(new RemoteFile(mat, URI.create(SOURCE + mat), bytes, sha256)));
  }

  private static List<String> numbered(int classes) {
    return IntStream.rangeClosed(1, classes).mapToObj(String::valueOf).toList();
  }
}
