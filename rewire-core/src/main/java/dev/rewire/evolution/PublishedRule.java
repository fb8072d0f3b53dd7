package dev.rewire.evolution;

import dev.rewire.schedule.Schedule;
import java.util.Locale;

/**
 * Published ways to rewire or to prune a network while it learns, each with the defaults of its
 * paper. What a paper leaves to the network, as how dense it is at the start, is not in here.
 */
public enum PublishedRule {
  /** See {@link Evolution#set}. */
  SET(
      "Sparse Evolutionary Training, after each epoch the weakest connections are dropped and as"
          + " many grow at random places",
      "Mocanu et al. 2018") {
    @Override
    public Evolution evolution() {
      return Evolution.set(Evolution.DEFAULT_ZETA);
    }
  },

  /** The gradient of all cells says where connections grow; what is chosen again was never away. */
  RIGL(
      "the weakest go, the largest gradients of all free cells come, until three quarters of the"
          + " training",
      "Evci et al. 2020") {
    @Override
    public Evolution evolution() {
      return gradient(GradientGrow.DEFAULT, 100, "0.3..0 cosine until 75%");
    }
  },

  /** As RigL on a sample of the free cells. */
  GSE(
      "as rigl, but the best of a random sample grow, in time proportional to the connections",
      "Heddes et al. 2024") {
    @Override
    public Evolution evolution() {
      return gradient(SampledGradientGrow.DEFAULT, 100, "0.3..0 cosine until 75%");
    }
  },

  /** In-time over-parameterisation with random growth. */
  ITOP_SET("as set, but by magnitude every 1500 steps, for long trainings", "Liu et al. 2021") {
    @Override
    public Evolution evolution() {
      return of(
          new MagnitudeDrop(),
          new RandomGrow(),
          new UpdateSchedule.EverySteps(1500, Schedule.of("0.5..0.005 cosine")),
          new ConnectionTarget.Initial(),
          new NewbornWeight.Zero(),
          new Distribution.PerLayer());
    }
  },

  /** In-time over-parameterisation with the gradient. */
  ITOP_RIGL("as rigl, every 4000 steps, for long trainings", "Liu et al. 2021") {
    @Override
    public Evolution evolution() {
      return gradient(GradientGrow.DEFAULT, 4000, "0.5..0.005 cosine");
    }
  },

  /** Sparse networks from scratch. */
  SNFS(
      "sparse momentum: the largest momentum of all free cells grows, more of it in layers with"
          + " large momentum",
      "Dettmers and Zettlemoyer 2019") {
    @Override
    public Evolution evolution() {
      return of(
          new MagnitudeDrop(),
          MomentumGrow.DEFAULT,
          new UpdateSchedule.EveryEpoch(Schedule.of("0.5..0.005 cosine")),
          new ConnectionTarget.Initial(),
          new NewbornWeight.KeepIfSameCell(),
          new Distribution.MeanMomentum());
    }
  },

  /** Dynamic sparse reparameterisation. */
  DSR(
      "the smallest weights of all layers go, random growth in proportion to what survives in each",
      "Mostafa and Wang 2019") {
    @Override
    public Evolution evolution() {
      return new Evolution(
          new MagnitudeDrop(),
          new RandomGrow(),
          new UpdateSchedule.EverySteps(200, Schedule.constant(0.1)),
          new ConnectionTarget.Initial(),
          false,
          new NewbornWeight.Zero(),
          NewbornState.ZERO,
          LastUpdate.SKIP,
          Timing.AFTER_TEST,
          false,
          1,
          new Distribution.Surviving());
    }
  },

  /** Sparse training with neuroregeneration, from a denser start. */
  GRANET(
      "pruning of a denser start by one bound for all layers, and of the rest half is renewed as"
          + " in rigl",
      "Liu et al. 2021") {
    @Override
    public Evolution evolution() {
      return of(
          new MagnitudeDrop(),
          GradientGrow.DEFAULT,
          new UpdateSchedule.EverySteps(1000, Schedule.of("0.5..0 cosine")),
          new ConnectionTarget.OfInitial(Schedule.of("1..0.2 cubic until 70%")),
          new NewbornWeight.KeepIfSameCell(),
          new Distribution.GlobalMagnitude());
    }
  },

  /** Gradual magnitude pruning. */
  GMP(
      "gradual magnitude pruning of a denser start: the weakest of each layer go, none come",
      "Zhu and Gupta 2017") {
    @Override
    public Evolution evolution() {
      return pruning(new MagnitudeDrop(), new Distribution.PerLayer());
    }
  },

  /** The same with one bound for all layers. */
  GMP_GLOBAL("as gmp, with one bound for all layers", "Zhu and Gupta 2017") {
    @Override
    public Evolution evolution() {
      return pruning(new MagnitudeDrop(), new Distribution.GlobalMagnitude());
    }
  },

  /** One-shot magnitude pruning: train, prune, retrain. */
  MAGNITUDE(
      "the weakest connections of each layer of a denser start go at once in the middle of the"
          + " training, none come",
      "Han et al. 2015") {
    @Override
    public Evolution evolution() {
      return rounds("1 until 50% then 0.1");
    }
  },

  /** The same in rounds. */
  MAGNITUDE_ITERATIVE(
      "as magnitude, in five rounds that each leave 63 of a hundred, with training between them",
      "Han et al. 2015") {
    @Override
    public Evolution evolution() {
      return rounds(
          "1 until 20% then 0.631 until 32% then 0.398 until 44% then 0.251 until 56%"
              + " then 0.158 until 68% then 0.1");
    }
  },

  /** Pruning of what a penalty has made zero. */
  PROXIMAL(
      "pruning by a proximal penalty: connections whose weight it has made exactly 0 go, none come",
      "Parikh and Boyd 2014") {
    @Override
    public Evolution evolution() {
      return of(
          new ZeroDrop(),
          new RandomGrow(),
          new UpdateSchedule.EveryEpoch(1),
          new ConnectionTarget.Nonzero(),
          new NewbornWeight.AsInitial(),
          new Distribution.PerLayer());
    }
  },

  /** Top-k always sparse training. */
  TOP_KAST(
      "all connections learn, the strongest 40 % compute; the weakest tenth goes, random growth",
      "Jayakumar et al. 2020") {
    @Override
    public Evolution evolution() {
      return of(
          TopKastDrop.DEFAULT,
          new RandomGrow(),
          new UpdateSchedule.EverySteps(100, Schedule.constant(0.1)),
          new ConnectionTarget.Initial(),
          new NewbornWeight.AsInitial(),
          new Distribution.PerLayer());
    }
  },

  /** Deep rewiring. */
  DEEPR(
      "weights walk at random and keep their sign; those that would change it go, random growth",
      "Bellec et al. 2018") {
    @Override
    public Evolution evolution() {
      return new Evolution(
          new DormantDrop(),
          new RandomGrow(),
          new UpdateSchedule.EverySteps(100, Schedule.constant(1)),
          new ConnectionTarget.Initial(),
          true,
          NewbornWeight.RandomSign.DEFAULT,
          NewbornState.ZERO,
          LastUpdate.SKIP,
          Timing.AFTER_TEST,
          true,
          1);
    }
  },

  /** Pruning of what moves towards zero. */
  MOVEMENT(
      "gradual pruning of the connections whose weights move towards zero, for fine-tuning",
      "Sanh et al. 2020") {
    @Override
    public Evolution evolution() {
      return pruning(MovementDrop.DEFAULT, new Distribution.PerLayer());
    }
  },

  /** Memory-economic sparse training. */
  MEST(
      "the smallest of weight and gradient together go every five epochs, random growth",
      "Yuan et al. 2021") {
    @Override
    public Evolution evolution() {
      return mest(new ConnectionTarget.Initial());
    }
  },

  /** The same with a soft memory bound. */
  MEST_SOFT(
      "as mest, with a fifth more connections at first and a tenth more later",
      "Yuan et al. 2021") {
    @Override
    public Evolution evolution() {
      return mest(
          new ConnectionTarget.OfInitial(Schedule.of("1.2 until 56% then 1.1 until 75% then 1")));
    }
  },

  /** Structured RigL. */
  SRIGL(
      "as rigl, with the same number of inputs for each neuron; neurons with too little left go",
      "Lasby et al. 2024") {
    @Override
    public Evolution evolution() {
      return of(
          FanInDrop.DEFAULT,
          new FanInGrow(),
          new UpdateSchedule.EverySteps(100, Schedule.of("0.3..0 cosine until 75%")),
          new ConnectionTarget.Initial(),
          new NewbornWeight.KeepIfSameCell(),
          new Distribution.PerLayer());
    }
  },

  /** Cannistraci-Hebb training. */
  CHT(
      "the weakest go, connections come where many short paths lead already; no gradient",
      "Zhang et al. 2024") {
    @Override
    public Evolution evolution() {
      return epoch(new MagnitudeDrop(), new PathGrow(PathGrow.Score.CH3_L3, false), 0.3);
    }
  },

  /** The same by chance. */
  CHTS("as cht, both by chance: weights and paths are probabilities", "Zhang et al. 2024") {
    @Override
    public Evolution evolution() {
      return epoch(SoftMagnitudeDrop.RISING, new PathGrow(PathGrow.Score.CH3_L3, true), 0.3);
    }
  },

  /** Cosine similarity. */
  CTRE(
      "the weakest go, connections come between neurons that are active together, half at random",
      "Atashgahi et al. 2022") {
    @Override
    public Evolution evolution() {
      return epoch(new MagnitudeDrop(), CosineGrow.DEFAULT, 0.2);
    }
  },

  /** Growth near strong connections. */
  PARENTS("as set, and new connections come beside strong ones", "proposed in 2019") {
    @Override
    public Evolution evolution() {
      Evolution set = Evolution.set(Evolution.DEFAULT_ZETA);
      return new Evolution(
          set.drop(),
          ParentGrow.DEFAULT,
          set.when(),
          set.target(),
          set.mayReturn(),
          set.newbornWeight(),
          set.newbornState(),
          set.last(),
          set.timing(),
          set.evolveOutput(),
          set.maxDensity());
    }
  };

  private final String summary;
  private final String paper;

  PublishedRule(String summary, String paper) {
    this.summary = summary;
    this.paper = paper;
  }

  /**
   * Returns all settings.
   *
   * @return an evolution to use or to change
   */
  public abstract Evolution evolution();

  /**
   * Returns the name used on the command line.
   *
   * @return for example {@code itop-set}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Says in a few words what this is.
   *
   * @return for help texts
   */
  public String summary() {
    return summary;
  }

  /**
   * Names the paper.
   *
   * @return authors and year
   */
  public String paper() {
    return paper;
  }

  /**
   * Finds the rule that an evolution is most like: first by the kinds of removal, growth and
   * distribution, then by everything else.
   *
   * @param evolution any
   * @return the first of those that are alike
   */
  public static PublishedRule nearest(Evolution evolution) {
    PublishedRule best = SET;
    int most = -1;
    for (PublishedRule rule : values()) {
      int alike = rule.likeness(evolution);
      if (alike > most) {
        most = alike;
        best = rule;
      }
    }
    return best;
  }

  private int likeness(Evolution other) {
    Evolution mine = evolution();
    int kinds =
        same(mine.drop(), other.drop())
            + same(mine.grow(), other.grow())
            + same(mine.distribution(), other.distribution());
    int details =
        (mine.when().equals(other.when()) ? 2 : same(mine.when(), other.when()))
            + (mine.target().equals(other.target()) ? 2 : same(mine.target(), other.target()));
    return 10 * kinds + details;
  }

  private static int same(Object one, Object other) {
    return one.getClass() == other.getClass() ? 1 : 0;
  }

  private static Evolution of(
      DropRule drop,
      GrowRule grow,
      UpdateSchedule when,
      ConnectionTarget target,
      NewbornWeight newborn,
      Distribution distribution) {
    boolean keeps = newborn instanceof NewbornWeight.KeepIfSameCell;
    return new Evolution(
        drop,
        grow,
        when,
        target,
        true,
        newborn,
        keeps ? NewbornState.KEEP_IF_SAME_CELL : NewbornState.ZERO,
        LastUpdate.SKIP,
        Timing.AFTER_TEST,
        false,
        1,
        distribution);
  }

  private static Evolution gradient(GrowRule grow, int steps, String zeta) {
    return of(
        new MagnitudeDrop(),
        grow,
        new UpdateSchedule.EverySteps(steps, Schedule.of(zeta)),
        new ConnectionTarget.Initial(),
        new NewbornWeight.KeepIfSameCell(),
        new Distribution.PerLayer());
  }

  private static Evolution pruning(DropRule drop, Distribution distribution) {
    return of(
        drop,
        new RandomGrow(),
        new UpdateSchedule.EverySteps(100, Schedule.constant(0)),
        new ConnectionTarget.OfInitial(Schedule.of("1..0.1 cubic until 75%")),
        new NewbornWeight.Zero(),
        distribution);
  }

  private static Evolution rounds(String share) {
    return of(
        new MagnitudeDrop(),
        new RandomGrow(),
        new UpdateSchedule.EveryEpoch(0),
        new ConnectionTarget.OfInitial(Schedule.of(share)),
        new NewbornWeight.Zero(),
        new Distribution.PerLayer());
  }

  private static Evolution epoch(DropRule drop, GrowRule grow, double zeta) {
    return of(
        drop,
        grow,
        new UpdateSchedule.EveryEpoch(zeta),
        new ConnectionTarget.Initial(),
        new NewbornWeight.Zero(),
        new Distribution.PerLayer());
  }

  private static Evolution mest(ConnectionTarget target) {
    return of(
        MagnitudeGradientDrop.DEFAULT,
        new RandomGrow(),
        new UpdateSchedule.EveryEpochs(5, Schedule.of("0.2 until 56% then 0.1 until 75% then 0")),
        target,
        new NewbornWeight.Zero(),
        new Distribution.PerLayer());
  }
}
