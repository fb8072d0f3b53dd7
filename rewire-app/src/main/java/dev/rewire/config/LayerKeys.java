package dev.rewire.config;

import dev.rewire.choice.PerLayer;
import java.util.List;
import java.util.Map;

/** Settings that differ between layers: {@code LAYER=VALUE}, separated by commas. */
final class LayerKeys {
  private LayerKeys() {}

  /**
   * Makes a key.
   *
   * @param path section and name
   * @param one type of the value of a layer
   * @param example for messages
   * @param place component of the settings, see {@link Component}
   */
  static <T> Key<PerLayer<T>> key(String path, KeyType<T> one, String example, String place) {
    Component<PerLayer<T>> component = Component.of(place);
    return new Key<>(
        path,
        type(one, example),
        component::get,
        (settings, values, all) -> {
          values.requireLayers(layers(settings));
          return component.with(settings, values);
        });
  }

  private static <T> KeyType<PerLayer<T>> type(KeyType<T> one, String example) {
    return new KeyType<>(
        "none, or LAYER=VALUE separated by commas, each value " + one.words(),
        Map.of("type", "string"),
        List.of("none"),
        text -> PerLayer.of(text, example, value -> one.parser().apply(value)),
        values -> values.text(value -> String.valueOf(one.printer().apply(value))));
  }

  /** How many layers of connections there are. */
  static int layers(RunSettings settings) {
    return settings.recipe().hidden().size() + 1;
  }
}
