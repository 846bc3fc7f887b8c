package io.liangjiang.payments.mixed;

import io.liangjiang.payments.mixed.MixedPayment.Part;
import io.liangjiang.payments.mixed.MixedPayment.Progress;

/**
 * What to do next. Pure: from wherever an attempt stands, after whatever crash, the steps lead to
 * one of two ends, and no step guesses.
 */
final class MixedRules {
  private MixedRules() {}

  /** One thing to do; each is safe to repeat. */
  enum Step {
    /** Its time is up. */
    EXPIRE,
    /** Have the bureau split the bill. */
    SPLIT,
    /** Give the order to the channel, so that the phone can pay. */
    PLACE,
    /** Ask channel and bureau what became of the parts. */
    ASK,
    /** Both parts are paid: pay the order. */
    COMPLETE,
    /** See to it that no cash can come any more. */
    CLOSE_CASH,
    /** Send the cash back. */
    GIVE_CASH_BACK,
    /** Have the bureau take its part back, whether or not it has settled. */
    REVERSE,
    /** Nothing is kept: the order can be paid another way. */
    END,
    /** There is nothing to do any more. */
    NONE
  }

  /**
   * The next step.
   *
   * @param timeIsUp whether it may no longer be paid; what is paid already counts
   */
  static Step next(Progress progress, boolean timeIsUp) {
    if (!progress.isOpen()) {
      return Step.NONE;
    }
    if (isFailing(progress)) {
      return undo(progress);
    }
    if (timeIsUp && !progress.isPaid()) {
      return Step.EXPIRE;
    }
    if (progress.split() == null) {
      return Step.SPLIT;
    }
    if (progress.isPaid()) {
      return Step.COMPLETE;
    }
    return progress.placed() ? Step.ASK : Step.PLACE;
  }

  private static boolean isFailing(Progress progress) {
    return !progress.failure().isEmpty() || isLost(progress.cash()) || isLost(progress.insurance());
  }

  private static boolean isLost(Part part) {
    return part == Part.FAILED || part == Part.GIVEN_BACK;
  }

  /** The citizen's own money first. */
  private static Step undo(Progress progress) {
    if (progress.cash() == Part.CREATED) {
      return Step.CLOSE_CASH;
    }
    if (progress.cash() == Part.SUCCEEDED) {
      return Step.GIVE_CASH_BACK;
    }
    return isLost(progress.insurance()) ? Step.END : Step.REVERSE;
  }
}
