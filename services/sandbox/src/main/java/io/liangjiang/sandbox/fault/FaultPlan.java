package io.liangjiang.sandbox.fault;

import io.liangjiang.sandbox.SandboxException;

/**
 * What goes wrong. Null in a request to change the plan means: as it was; a plan in force has no
 * nulls.
 *
 * @param payments how the simulated phone pays
 * @param callbacks how call-backs travel
 * @param refunds how refunds end
 * @param answers how the payment channel answers
 * @param bank how the bank pays out
 * @param insurance how the insurance bureau settles
 * @param bills what the daily trade bill says
 * @param login how the login server answers
 * @param realName how the register of persons answers
 * @param sms how the SMS provider answers
 * @param latencyMs added to every answer of the channel, 0 to 60,000 milliseconds
 * @param callbackDelayMs how long delayed call-backs are held, 0 to 600,000 milliseconds
 */
public record FaultPlan(
    Payments payments,
    Callbacks callbacks,
    Refunds refunds,
    Answers answers,
    Bank bank,
    Insurance insurance,
    Bills bills,
    Availability login,
    Availability realName,
    Availability sms,
    Integer latencyMs,
    Integer callbackDelayMs) {

  /** Nothing goes wrong. */
  static final FaultPlan NONE =
      new FaultPlan(
          Payments.AUTO,
          Callbacks.DELIVER,
          Refunds.AUTO,
          Answers.NORMAL,
          Bank.NORMAL,
          Insurance.NORMAL,
          Bills.NORMAL,
          Availability.NORMAL,
          Availability.NORMAL,
          Availability.NORMAL,
          0,
          2_000);

  private static final int MAX_LATENCY_MS = 60_000;
  private static final int MAX_CALLBACK_DELAY_MS = 600_000;

  /** How the simulated phone pays. */
  public enum Payments {
    /** At once. */
    AUTO,
    /** When told to. */
    MANUAL,
    /** Never; the cash part of a mixed order fails for good. */
    DECLINE
  }

  /** How call-backs travel. */
  public enum Callbacks {
    /** At once, in order. */
    DELIVER,
    /** Not at all. */
    DROP,
    /** Twice. */
    DUPLICATE,
    /** Late. */
    DELAY,
    /** Late, the newest first. */
    REORDER
  }

  /** How refunds end. */
  public enum Refunds {
    /** Well. */
    AUTO,
    /** The bank cannot take the money back. */
    ABNORMAL,
    /** Not, as long as this holds. */
    STUCK
  }

  /** How the payment channel answers. */
  public enum Answers {
    /** As it should. */
    NORMAL,
    /** It does what it was asked and cuts the connection. */
    LOSE,
    /** It answers 500 and does nothing. */
    FAIL
  }

  /** How the bank pays out. */
  public enum Bank {
    /** At once. */
    NORMAL,
    /** Not, as long as this holds. */
    SLOW,
    /** It refuses. */
    REFUSE,
    /** It does what it was asked and cuts the connection. */
    LOSE,
    /** It answers 500 and does nothing. */
    FAIL
  }

  /** How the insurance bureau settles. */
  public enum Insurance {
    /** At once. */
    NORMAL,
    /** Not, as long as this holds. */
    SLOW,
    /** It declines. */
    DECLINE,
    /** It settles, and does not reverse what it has settled. */
    KEEP,
    /** It does what it was asked and nobody hears its answer. */
    LOSE,
    /** It answers 500 and does nothing. */
    FAIL
  }

  /** What the daily trade bill says. */
  public enum Bills {
    /** The truth. */
    NORMAL,
    /** Nothing yet. */
    LATE,
    /** One payment more, which this merchant never asked for. */
    STRANGER,
    /** The day's last payment is not in it. */
    MISSING_PAYMENT,
    /** The day's last refund is not in it. */
    MISSING_REFUND,
    /** One fen more for the day's last payment. */
    OTHER_AMOUNT,
    /** The last line twice. */
    DUPLICATE
  }

  /** Whether a server answers at all. */
  public enum Availability {
    /** Yes. */
    NORMAL,
    /** It is busy. */
    FAIL
  }

  /** This plan with the fields that the other one has. Errors: 400 INVALID_FAULT. */
  FaultPlan with(FaultPlan change) {
    return new FaultPlan(
        or(change.payments, payments),
        or(change.callbacks, callbacks),
        or(change.refunds, refunds),
        or(change.answers, answers),
        or(change.bank, bank),
        or(change.insurance, insurance),
        or(change.bills, bills),
        or(change.login, login),
        or(change.realName, realName),
        or(change.sms, sms),
        inRange(or(change.latencyMs, latencyMs), MAX_LATENCY_MS, "latencyMs"),
        inRange(
            or(change.callbackDelayMs, callbackDelayMs), MAX_CALLBACK_DELAY_MS, "callbackDelayMs"));
  }

  private static <T> T or(T changed, T before) {
    return changed == null ? before : changed;
  }

  private static int inRange(int value, int max, String field) {
    if (value < 0 || value > max) {
      throw new SandboxException(400, "INVALID_FAULT", field + " must be 0 to " + max);
    }
    return value;
  }
}
