package dev.rewire.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rewire.train.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The schema against the reader of files, with a validator that knows nothing of Rewire. */
class SchemaTest {
  private static final Path DOCS = docs();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ConfigText.schema());

  private static Path docs() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("docs"))) {
      here = here.getParent();
    }
    return here.resolve("docs");
  }

  private static List<Error> errors(String yaml) {
    String json =
        JsonMapper.builder()
            .build()
            .writeValueAsString(YAMLMapper.builder().build().readTree(yaml));
    return SCHEMA.validate(json, InputFormat.JSON);
  }

  @Test
  void theCommittedSchemaIsTheOneThatTheProgramPrints() throws IOException {
    assertThat(Files.readString(DOCS.resolve("run.schema.json")))
        .as("write it anew: rewire config --schema > docs/run.schema.json")
        .isEqualTo(ConfigText.schema());
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void whatTheProgramWritesIsValid(Preset preset) {
    RunSettings settings =
        Configuration.EMPTY.assign("training.preset=" + preset.id(), Origin.SET).settle();

    assertThat(errors(ConfigText.yaml(ConfigText.sections(settings)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network: {epsilom: 3}",
        "netwrk: {}",
        "network: {epsilon: -3}",
        "network: {epsilon: many}",
        "network: {epsilon: [3]}",
        "network: {hidden: [3, 0]}",
        "network: {hidden: [3, [4]]}",
        "network: {activation: rely}",
        "network: {activation: 'leaky-relu:x'}",
        "network: {sparsity: 1}",
        "network: {dense_output: maybe}",
        "network: 3",
        "training: {epochs: 1.5}",
        "training: {momentum: 1}",
        "training: {threads: some}",
        "rewiring: {rule: dynamic}",
        "rewiring: {zeta: 1.5}",
        "rewiring: {zeta: often}",
        "rewiring: {when: sometimes}",
        "rewiring: {newborn_weight: one}",
        "data: {first_index: 2}"
      })
  void whatTheReaderRefusesTheSchemaRefuses(String yaml) {
    assertThat(errors(yaml)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network: {hidden: [], activation: 'leaky-relu:0.1', initializer: 'normal:0.1'}",
        "network: {hidden: none, output_initializer: same}",
        "data: {label: 3, first_index: 0, test: null}",
        "training: {threads: all, seed: -5}",
        "training: {threads: 3}",
        "rewiring: {newborn_weight: as-initial}",
        "rewiring: {zeta: 0.3..0 cosine until 75%, when: 'steps:100', target: 1..0.5 cubic}",
        "rewiring: {zeta: 0.3 until 100 then 0, when: 'chance:0.025', target: current}",
        "training: {weight_decay: 1e-3..1e-2 linear, lr: 0.1 step 0.5 every 30}",
        "training: {weight_decay_of: '0=1e-2, output=0'}",
        "rewiring: {newborn_weight: 'normal:1e-3'}",
        "rewiring: {newborn_weight: 'random-sign:1e-9', rule_of: 'hidden-1=rigl, output=static'}",
        "record: {anything: {at: all}}"
      })
  void whatTheReaderTakesTheSchemaTakes(String yaml) {
    assertThat(errors(yaml)).isEmpty();
  }

  @Test
  void theExamplesOfThePageAreValidAndRead() throws IOException {
    String page = Files.readString(DOCS.resolve("configuration.md"));
    Matcher examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (examples.find()) {
      String yaml = examples.group(1);
      assertThat(errors(yaml)).as(yaml).isEmpty();
      Path file = Files.createTempFile("example", ".yaml");
      try {
        Files.writeString(file, yaml);
        assertThat(ConfigFile.read(file, Configuration.EMPTY).settle()).isNotNull();
      } finally {
        Files.delete(file);
      }
      count++;
    }
    assertThat(count).isPositive();
  }

  @Test
  void thePageHasTheTableOfKeys() throws IOException {
    String table =
        Keys.ALL.stream().map(SchemaTest::row).collect(Collectors.joining("\n", "", "\n"));

    assertThat(Files.readString(DOCS.resolve("configuration.md")))
        .as("the rows belong into docs/configuration.md:%n%s", table)
        .contains(table);
  }

  private static String row(Key<?> key) {
    String option = key.option();
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            key.path(),
            option == null ? "" : "`" + option + "`",
            key.type().words().replace("|", "\\|"),
            key.fallback(),
            key.description().replace("|", "\\|"));
  }
}
