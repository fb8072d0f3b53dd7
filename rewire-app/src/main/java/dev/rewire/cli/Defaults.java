package dev.rewire.cli;

import dev.rewire.config.Keys;
import dev.rewire.data.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.ListResourceBundle;

/**
 * What help texts say about data sets and defaults: {@code ${bundle:network.epsilon}} is the
 * default of that key, read from the table of keys so that it cannot lie.
 */
final class Defaults extends ListResourceBundle {
  @Override
  protected Object[][] getContents() {
    List<Object[]> contents = new ArrayList<>();
    contents.add(new Object[] {"datasets", Catalogue.standard().names()});
    contents.add(new Object[] {"d.test", Keys.require("data.test_fraction", "help").fallback()});
    Keys.ALL.forEach(key -> contents.add(new Object[] {key.path(), key.fallback()}));
    return contents.toArray(new Object[0][]);
  }
}
