package io.liangjiang.payments.mixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.insurance.InsuranceBureau.Split;
import io.liangjiang.payments.mixed.MixedPayment.Part;
import io.liangjiang.payments.mixed.MixedPayment.Progress;
import io.liangjiang.payments.mixed.MixedPayment.State;
import io.liangjiang.payments.mixed.MixedRules.Step;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bureau, the channel and the citizen do, and whatever answers are lost on the way, an
 * attempt ends with all paid or with nothing kept.
 */
class MixedRulesTest {
  private static final int TRIES = 5_000;
  private static final int MANY_STEPS = 400;
  private static final int STEPS_UNTIL_TIME_IS_UP = 200;

  /** The two counterparts, and the citizen between them, for one attempt. */
  private static final class World {
    private final Random chance;
    private boolean insuranceSettled;
    private boolean insuranceFinal;
    private boolean cashPaid;
    private boolean cashFinal;
    private boolean cashSentBack;
    private boolean insuranceReversed;

    World(long seed) {
      this.chance = new Random(seed);
    }

    /** The citizen, the bureau and the channel move on their own once the order is placed. */
    void move() {
      if (!insuranceFinal && chance.nextInt(4) == 0) {
        insuranceFinal = true;
        insuranceSettled = chance.nextInt(3) > 0;
      }
      if (!cashFinal && chance.nextInt(4) == 0) {
        cashFinal = true;
        cashPaid = chance.nextInt(3) > 0;
      }
    }

    boolean isHeard() {
      return chance.nextInt(3) > 0;
    }

    Progress perform(Progress now, Step step) {
      return switch (step) {
        case EXPIRE -> now.failing("EXPIRED");
        case SPLIT -> split(now);
        case PLACE -> now.asPlaced();
        case ASK -> ask(now);
        case COMPLETE -> now.ended(State.SUCCEEDED);
        case CLOSE_CASH -> closeCash(now);
        case GIVE_CASH_BACK -> {
          cashSentBack = true;
          yield now.withCash(Part.GIVEN_BACK);
        }
        case REVERSE -> reverse(now);
        case END -> now.ended(State.FAILED);
        case NONE -> now;
      };
    }

    private Progress split(Progress now) {
      return switch (chance.nextInt(6)) {
        case 0 -> now.withInsurance(Part.FAILED).failing("INVALID_AUTHORIZATION");
        case 1 -> now.with(new Split("ORD", 100, 0, 0, 0), false);
        default -> now.with(new Split("ORD", 60, 20, 5, 15), true);
      };
    }

    private Progress ask(Progress now) {
      Progress next = now;
      if (cashFinal && next.cash() == Part.CREATED) {
        next = next.withCash(cashPaid ? Part.SUCCEEDED : Part.FAILED);
      }
      if (insuranceFinal && next.insurance() == Part.CREATED) {
        next = next.withInsurance(insuranceSettled ? Part.SUCCEEDED : Part.FAILED);
      }
      return next;
    }

    private Progress closeCash(Progress now) {
      cashFinal = true;
      return now.withCash(cashPaid ? Part.SUCCEEDED : Part.FAILED);
    }

    private Progress reverse(Progress now) {
      insuranceFinal = true;
      insuranceReversed = insuranceSettled;
      return now.withInsurance(insuranceSettled ? Part.GIVEN_BACK : Part.FAILED);
    }

    boolean keepsCash() {
      return cashPaid && !cashSentBack;
    }

    boolean keepsInsurance() {
      return insuranceSettled && !insuranceReversed;
    }
  }

  @Test
  void endsWhole() {
    for (long seed = 0; seed < TRIES; seed++) {
      endsWhole(seed);
    }
  }

  private static void endsWhole(long seed) {
    var world = new World(seed);
    Progress now = Progress.FIRST;
    for (int i = 0; i < MANY_STEPS && now.isOpen(); i++) {
      if (now.placed()) {
        world.move();
      }
      Step step = MixedRules.next(now, i > STEPS_UNTIL_TIME_IS_UP);
      // What is done outside comes first; a crash then loses the answer, and the step is repeated.
      Progress next = world.perform(now, step);
      now = world.isHeard() ? next : now;
    }
    assertThat(now.isOpen()).as("seed %d", seed).isFalse();
    boolean hasCash = now.cash() != Part.NONE;
    if (now.state() == State.SUCCEEDED) {
      assertThat(world.keepsInsurance()).isTrue();
      assertThat(!hasCash || world.keepsCash()).isTrue();
    } else {
      assertThat(world.keepsInsurance()).isFalse();
      assertThat(hasCash && world.keepsCash()).isFalse();
    }
  }

  /** Every open state has a step, and no end has one. */
  @Test
  void neverStandsStill() {
    for (Part cash : Part.values()) {
      for (Part insurance : List.of(Part.CREATED, Part.SUCCEEDED, Part.FAILED, Part.GIVEN_BACK)) {
        for (State state : State.values()) {
          var progress =
              new Progress(new Split("ORD", 60, 20, 5, 15), true, cash, insurance, state, "");
          assertThat(MixedRules.next(progress, false) == Step.NONE)
              .isEqualTo(MixedRules.next(progress, true) == Step.NONE)
              .isEqualTo(state != State.OPEN);
        }
      }
    }
  }

  @Test
  void sendsTheCitizensMoneyBackFirst() {
    var progress =
        new Progress(
            new Split("ORD", 60, 20, 5, 15), true, Part.SUCCEEDED, Part.FAILED, State.OPEN, "");

    assertThat(MixedRules.next(progress, false)).isEqualTo(Step.GIVE_CASH_BACK);
    assertThat(MixedRules.next(progress.withCash(Part.GIVEN_BACK), false)).isEqualTo(Step.END);
  }

  @Test
  void whatIsPaidCountsThoughTimeIsUp() {
    var paid =
        new Progress(
            new Split("ORD", 60, 20, 5, 15), true, Part.SUCCEEDED, Part.SUCCEEDED, State.OPEN, "");

    assertThat(MixedRules.next(paid, true)).isEqualTo(Step.COMPLETE);
    assertThat(MixedRules.next(paid.withCash(Part.CREATED), true)).isEqualTo(Step.EXPIRE);
  }
}
