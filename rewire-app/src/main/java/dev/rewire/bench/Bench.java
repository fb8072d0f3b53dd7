package dev.rewire.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a machine can do.
 *
 * @param scope how much was measured
 * @param threads that the race was run with
 * @param caches of the machine
 * @param race where sparse beats dense
 * @param ceiling how near the limits the kernels come, or null if there was no time for it
 * @param scaling what more threads bring, or null if there was no time for it
 * @param interrupted whether something is missing because somebody ended it
 */
public record Bench(
    Scope scope,
    int threads,
    Caches caches,
    Race race,
    @Nullable Ceiling ceiling,
    @Nullable Scaling scaling,
    boolean interrupted) {

  /**
   * Measures.
   *
   * @param scope how much to measure
   * @param threads to compute with, and the most whose scaling is measured
   * @param caches of the machine
   * @param watch hears about it, and may end it
   * @return all that was measured
   */
  public static Bench run(Scope scope, int threads, Caches caches, Watch watch) {
    Race race = Race.run(scope, threads, watch);
    List<Place> places = watch.stop() ? List.of() : Place.all(scope, caches, watch);
    Ceiling ceiling = watch.stop() ? null : Ceiling.run(scope, places, watch);
    Scaling scaling =
        watch.stop()
            ? null
            : Scaling.run(scope, List.of(places.getFirst(), places.getLast()), threads, watch);
    return new Bench(scope, threads, caches, race, ceiling, scaling, watch.stop());
  }
}
