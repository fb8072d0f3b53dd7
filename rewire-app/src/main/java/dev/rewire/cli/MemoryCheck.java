package dev.rewire.cli;

import dev.rewire.plan.Alternatives;
import dev.rewire.plan.Alternatives.Alternative;
import dev.rewire.plan.Budget;
import dev.rewire.plan.Proposal;
import dev.rewire.topology.LayerShape;
import dev.rewire.train.MemoryEstimate;
import dev.rewire.train.MemoryEstimate.Part;
import java.util.List;

/**
 * Refuses networks that cannot fit, before anything is allocated: the operating system would
 * otherwise end the process without a word.
 *
 * @param memory what the run needs
 * @param budget what it may take
 * @param alternatives changes after which it would fit; empty if it does
 */
record MemoryCheck(MemoryEstimate memory, Budget budget, List<Alternative> alternatives) {

  static MemoryCheck of(Proposal proposal) {
    MemoryEstimate memory = proposal.memory();
    Budget budget = Budget.ofMachine(proposal.loaded(), memory.bytes());
    return new MemoryCheck(
        memory,
        budget,
        budget.holds(memory) ? List.of() : new Alternatives(proposal, budget).find());
  }

  static void refuseIfTooLarge(Proposal proposal) {
    MemoryCheck check = of(proposal);
    if (!check.fits()) {
      throw new UsageException(check.refusal());
    }
  }

  boolean fits() {
    return budget.holds(memory);
  }

  /** Why it does not fit, and what would. */
  String refusal() {
    return reason() + "; " + advice();
  }

  private String reason() {
    int large = memory.tooLarge();
    if (large >= 0) {
      LayerShape shape = memory.layers().get(large).shape();
      return "layer %d (%,d x %,d) would have %,d connections, but one layer can have %,d"
          .formatted(
              large,
              shape.inputs(),
              shape.outputs(),
              memory.layers().get(large).connections(),
              MemoryEstimate.MOST_CONNECTIONS);
    }
    return "this network needs %s (%,d bytes) to train, but %s (%,d bytes) are available"
        .formatted(
            Say.bytes(memory.bytes()), memory.bytes(), Say.bytes(budget.bytes()), budget.bytes());
  }

  private String advice() {
    if (alternatives.isEmpty()) {
      return memory.bytes(Part.DATA) > budget.bytes()
          ? "the data set alone does not fit"
          : "lower --hidden, --epsilon and --batch together";
    }
    StringBuilder words = new StringBuilder();
    for (Alternative alternative : alternatives) {
      words.append(
          words.isEmpty()
              ? "with "
              : words.indexOf("fits") < 0 ? " it fits, or with " : ", or with ");
      words.append(alternative.options());
    }
    return words.indexOf("fits") < 0 ? words + " it fits" : words.toString();
  }
}
