package dev.rewire.evolution;

import java.util.ArrayList;
import java.util.List;

/** Shares a whole number out in proportion to weights, exactly, where each share has a limit. */
final class Apportionment {
  private Apportionment() {}

  /**
   * Lets layers grow, together to as many connections as they are to have.
   *
   * @param layers one share a layer
   * @param lost connections that go, one number a layer
   * @param weights how much each layer is to get, in proportion; all finite and 0 or more
   * @param capacity share of its cells that a layer may fill, unless there is no other room
   * @param mayReturn whether the cells of those that go count as free
   */
  static List<LayerShare> grow(
      List<LayerShare> layers, int[] lost, double[] weights, double capacity, boolean mayReturn) {
    long[] room = new long[lost.length];
    long[] all = new long[lost.length];
    long total = 0;
    for (int l = 0; l < lost.length; l++) {
      LayerShare share = layers.get(l);
      long cells = share.layer().topology().cells();
      long taken = share.before() - (mayReturn ? (long) lost[l] : 0);
      all[l] = Math.min(cells - taken, Integer.MAX_VALUE - 8L - (share.before() - lost[l]));
      room[l] = Math.clamp((long) (capacity * cells) - taken, 0, all[l]);
      total += share.connections() - (long) (share.before() - lost[l]);
    }
    long[] grown = share(Math.max(0, total), weights, room);
    long left = total;
    for (int l = 0; l < lost.length; l++) {
      left -= grown[l];
      all[l] -= grown[l];
    }
    long[] more = share(Math.max(0, left), weights, all);
    List<LayerShare> shares = new ArrayList<>();
    for (int l = 0; l < lost.length; l++) {
      LayerShare share = layers.get(l);
      long survivors = share.before() - (long) lost[l];
      shares.add(LayerShare.counted(share.layer(), lost[l], survivors + grown[l] + more[l]));
    }
    return shares;
  }

  /**
   * Shares out. What a limit takes from one goes to the others; fractions go to the largest ones.
   *
   * @return as many numbers as weights, together {@code total}, or all the room there is
   */
  static long[] share(long total, double[] weights, long[] room) {
    int count = weights.length;
    long[] shares = new long[count];
    boolean[] full = new boolean[count];
    long left = total;
    boolean again = true;
    double[] quota = new double[count];
    while (again) {
      again = false;
      double sum = 0;
      double free = 0;
      for (int i = 0; i < count; i++) {
        sum += full[i] ? 0 : weights[i];
        free += full[i] ? 0 : room[i];
      }
      for (int i = 0; i < count && !again; i++) {
        if (!full[i]) {
          // Where weights say nothing, in proportion to the room.
          double part = sum > 0 ? weights[i] / sum : free > 0 ? room[i] / free : 0;
          quota[i] = left * part;
          if (quota[i] >= room[i]) {
            shares[i] = Math.min(left, room[i]);
            left -= shares[i];
            full[i] = true;
            again = true;
          }
        }
      }
    }
    long rest = left;
    for (int i = 0; i < count; i++) {
      if (!full[i]) {
        shares[i] = (long) quota[i];
        rest -= shares[i];
      }
    }
    for (; rest > 0; rest--) {
      int best = -1;
      for (int i = 0; i < count; i++) {
        boolean open = !full[i] && shares[i] < room[i];
        if (open && (best < 0 || quota[i] - shares[i] > quota[best] - shares[best])) {
          best = i;
        }
      }
      if (best < 0) {
        break;
      }
      shares[best]++;
    }
    return shares;
  }
}
