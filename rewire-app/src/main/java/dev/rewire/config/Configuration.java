package dev.rewire.config;

import dev.rewire.config.Origin.Layer;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.train.Preset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values that were given for keys, and where each comes from. A place that comes later overrides an
 * earlier one: preset, file, {@code --set}, options. Immutable.
 */
public final class Configuration {
  /** Nothing is given. */
  public static final Configuration EMPTY = new Configuration(Map.of());

  /** Keys that say the same in different words: the strongest of them counts. */
  private static final List<String> DENSITIES =
      List.of(NetworkKeys.EPSILON, NetworkKeys.DENSITY, NetworkKeys.SPARSITY);

  private final Map<String, Given> given;

  private Configuration(Map<String, Given> given) {
    this.given = given;
  }

  /**
   * A value and where it comes from.
   *
   * @param value as the key understands it
   * @param origin the place
   */
  private record Given(Object value, Origin origin) {}

  /**
   * Adds a value. A weaker place never replaces what a stronger one said.
   *
   * @param key which setting
   * @param text its value, as it stands in a file or was typed
   * @param origin where it stands
   * @return a configuration with it
   * @throws ConfigException if the key cannot have this value, or if the same place says the same
   *     in other words
   */
  public Configuration with(Key<?> key, String text, Origin origin) {
    Object value = key.parse(text, origin);
    Map<String, Given> changed = new LinkedHashMap<>(given);
    if (!strongest(key.path(), origin)) {
      return this;
    }
    if (DENSITIES.contains(key.path())) {
      for (String other : DENSITIES) {
        Given said = other.equals(key.path()) ? null : given.get(other);
        if (said != null && said.origin().layer() == origin.layer()) {
          throw new ConfigException(
              "%s and %s say the same in different words, as epsilon, density and sparsity do:"
                      .formatted(naming(other, said.origin()), origin.naming(key))
                  + " give one of them");
        }
        if (said != null) {
          changed.remove(other);
        }
      }
    }
    changed.put(key.path(), new Given(value, origin));
    return new Configuration(changed);
  }

  private boolean strongest(String path, Origin origin) {
    List<String> same = DENSITIES.contains(path) ? DENSITIES : List.of(path);
    return same.stream()
        .map(given::get)
        .allMatch(said -> said == null || origin.overrides(said.origin()));
  }

  private static String naming(String path, Origin origin) {
    return Keys.find(path).map(origin::naming).orElse(path);
  }

  /**
   * Adds an assignment.
   *
   * @param assignment {@code key=value}, as {@code --set} takes it
   * @param origin where it stands
   * @return a configuration with it
   * @throws ConfigException if it is none, or if the key cannot have this value
   */
  public Configuration assign(String assignment, Origin origin) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new ConfigException(
          "%s needs key=value, for example %s=0.95, not '%s'"
              .formatted(origin.place(), NetworkKeys.SPARSITY, assignment));
    }
    Key<?> key = Keys.require(assignment.substring(0, equals).strip(), origin.place());
    return with(key, assignment.substring(equals + 1), origin);
  }

  /**
   * Returns what was given for a key.
   *
   * @param path full name of the key
   * @return its value, or null if nobody gave one
   */
  public @Nullable Object value(String path) {
    Given found = given.get(path);
    return found == null ? null : found.value();
  }

  /**
   * Says whether a key was given.
   *
   * @param path full name of the key
   * @return false if it has the value of the preset
   */
  public boolean has(String path) {
    return given.containsKey(path);
  }

  /**
   * Says whether a key was given on the command line.
   *
   * @param path full name of the key
   * @return true for an option or {@code --set}
   */
  public boolean isTyped(String path) {
    Given found = given.get(path);
    return found != null && found.origin().layer().compareTo(Layer.SET) >= 0;
  }

  /**
   * Says whether the scaling was chosen by somebody, so that the data may not change it.
   *
   * @return false if it is that of the preset
   */
  public boolean choosesScaling() {
    return has(NetworkKeys.SCALING);
  }

  /**
   * Says whether the loss was chosen by somebody, so that the data may not change it.
   *
   * @return false if it is that of the preset
   */
  public boolean choosesLoss() {
    return has(NetworkKeys.LOSS);
  }

  /**
   * Says whether the activation of the outputs was chosen by somebody.
   *
   * @return false if it is that of the preset
   */
  public boolean choosesOutputActivation() {
    return has(NetworkKeys.OUTPUT_ACTIVATION);
  }

  /**
   * Returns the settings that follow.
   *
   * @param request which data to begin with, before keys are applied
   * @param dataDir folder of named data sets to begin with, or null
   * @return the preset with all that was given
   * @throws ConfigException if values do not fit together
   */
  public RunSettings settle(DatasetRequest request, @Nullable Path dataDir) {
    checkAllocation();
    checkStatic();
    checkFolds();
    checkLabel();
    RunSettings settings = withNeeds().applied(request, dataDir);
    RewiringKeys.check(settings);
    return settings;
  }

  /** With what the rule needs, where nobody or a weaker place says something else. */
  private Configuration withNeeds() {
    Given rule = given.get(RewiringKeys.RULE);
    if (rule == null) {
      return this;
    }
    Map<String, Given> all = new LinkedHashMap<>(given);
    RewiringKeys.needs(rule.value())
        .forEach((path, value) -> {
          Given said = given.get(path);
          boolean strength = path.equals(OptimizerKeys.L1_STRENGTH);
          if (said == null
              || (!strength && rule.origin().layer().compareTo(said.origin().layer()) > 0)) {
            Key<?> key = Keys.require(path, rule.origin().place());
            all.put(path, new Given(key.parse(value, rule.origin()), rule.origin()));
          }
        });
    return new Configuration(all);
  }

  private RunSettings applied(DatasetRequest request, @Nullable Path dataDir) {
    RunSettings settings = start(request, dataDir);
    for (Key<?> key : Keys.ALL) {
      Given found = given.get(key.path());
      if (found != null && !ignored(key)) {
        try {
          settings = key.apply(settings, found.value(), this);
        } catch (IllegalArgumentException unfit) {
          throw new ConfigException(found.origin().naming(key) + ": " + unfit.getMessage());
        }
      }
    }
    return settings;
  }

  /**
   * Returns the settings that follow, for the default data set unless another is given.
   *
   * @return the preset with all that was given
   * @throws ConfigException if values do not fit together
   */
  public RunSettings settle() {
    return settle(DatasetRequest.of(Keys.DEFAULT_DATASET), null);
  }

  private RunSettings start(DatasetRequest request, @Nullable Path dataDir) {
    Object preset = value(TrainingKeys.PRESET);
    return RunSettings.of(preset == null ? Preset.DEFAULT : (Preset) preset, request, dataDir);
  }

  /** How a density is shared out means nothing without one. */
  private void checkAllocation() {
    Given allocation = given.get(NetworkKeys.ALLOCATION);
    Given epsilon = given.get(NetworkKeys.EPSILON);
    boolean density = has(NetworkKeys.DENSITY) || has(NetworkKeys.SPARSITY);
    boolean overridden =
        allocation != null
            && epsilon != null
            && epsilon.origin().layer().compareTo(allocation.origin().layer()) > 0;
    if (allocation != null && !density && !overridden) {
      throw new ConfigException(
          "%s shares out a density: %s"
              .formatted(
                  naming(NetworkKeys.ALLOCATION, allocation.origin()),
                  allocation.origin().layer() == Layer.OPTION
                      ? "add --density or --sparsity"
                      : "add density or sparsity"));
    }
  }

  /** What rewiring does means nothing without it, unless a weaker place says it. */
  private void checkStatic() {
    Given rule = given.get(RewiringKeys.RULE);
    if (rule == null || !rule.value().equals(RewiringKeys.STATIC)) {
      return;
    }
    for (Key<?> key : RewiringKeys.ALL) {
      Given other = key.path().equals(RewiringKeys.RULE) ? null : given.get(key.path());
      boolean ofLayers = key.path().equals(RewiringKeys.RULE_OF) || evolvesSomewhere(key);
      if (other != null && !ofLayers && other.origin().overrides(rule.origin())) {
        throw new ConfigException(
            "%s means nothing to %s static: leave one of them out"
                .formatted(other.origin().naming(key), naming(RewiringKeys.RULE, rule.origin())));
      }
    }
  }

  /** One part of none, and none of several parts, mean nothing. */
  private void checkFolds() {
    int folds = value(DataKeys.FOLDS) instanceof Integer parts ? parts : 0;
    int fold = value(DataKeys.FOLD) instanceof Integer part ? part : 0;
    if ((folds == 0) != (fold == 0)) {
      throw new ConfigException(
          "%s: the number of folds and the one to set aside belong together, as in --folds 5"
                  .formatted(named(folds > 0 ? DataKeys.FOLDS : DataKeys.FOLD))
              + " --fold 1");
    }
    if (fold > folds) {
      throw new ConfigException(
          "%s must be 1 to %d, not %d".formatted(named(DataKeys.FOLD), folds, fold));
    }
  }

  private void checkLabel() {
    if (value(DataKeys.LABEL_COLUMN) instanceof LabelColumn.None && !has("data.labels")) {
      throw new ConfigException(
          named(DataKeys.LABEL_COLUMN)
              + " none leaves nothing to learn: name the column of classes, or the file of labels");
    }
  }

  /** A key in the words of the place that gives it. */
  private String named(String path) {
    Given said = given.get(path);
    return said == null ? path : naming(path, said.origin());
  }

  private boolean ignored(Key<?> key) {
    Given optimizer = given.get(OptimizerKeys.OPTIMIZER);
    Given said = given.get(key.path());
    if (optimizer != null
        && said != null
        && !said.origin().overrides(optimizer.origin())
        && !OptimizerKeys.fits(key, said.value(), optimizer.value())) {
      return true;
    }
    boolean isDetail = key.section().equals("rewiring") && !key.path().equals(RewiringKeys.RULE);
    return isDetail && (meansNothingToStatic(key) || meantForAnotherRule(key));
  }

  /** Rules of single layers count beside a static network, unless a stronger place asks for it. */
  private boolean meansNothingToStatic(Key<?> key) {
    Given rule = given.get(RewiringKeys.RULE);
    Given said = given.get(key.path());
    if (rule == null || said == null || !rule.value().equals(RewiringKeys.STATIC)) {
      return false;
    }
    boolean ofLayers = key.path().equals(RewiringKeys.RULE_OF) || evolvesSomewhere(key);
    return !ofLayers || rule.origin().layer().compareTo(said.origin().layer()) > 0;
  }

  private boolean evolvesSomewhere(Key<?> key) {
    return key.path().equals(RewiringKeys.ZETA_OF) && has(RewiringKeys.RULE_OF);
  }

  /** Details that a weaker place gives do not change a rule that a stronger place asks for. */
  private boolean meantForAnotherRule(Key<?> key) {
    Given rule = given.get(RewiringKeys.RULE);
    Given detail = given.get(key.path());
    return rule != null
        && detail != null
        && !rule.value().equals(RewiringKeys.SET)
        && !rule.value().equals(RewiringKeys.STATIC)
        && detail.origin().isOlderThan(rule.origin());
  }

  /**
   * Says where the value of a key comes from.
   *
   * @param key which
   * @param settled what {@link #settle} returned
   * @return the place
   */
  public Origin origin(Key<?> key, RunSettings settled) {
    Given found = given.get(key.path());
    if (found != null && !ignored(key)) {
      return found.origin();
    }
    RunSettings start = start(settled.request(), settled.dataDir());
    if (key.section().equals("data")) {
      return Origin.DEFAULT;
    }
    if (!Objects.equals(key.print(start), key.print(settled))) {
      return Origin.DERIVED;
    }
    return has(TrainingKeys.PRESET)
        ? new Origin(Layer.PRESET, "preset " + settled.preset().id())
        : Origin.DEFAULT;
  }
}
