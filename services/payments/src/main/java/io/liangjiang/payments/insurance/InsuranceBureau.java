package io.liangjiang.payments.insurance;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;

/**
 * Who pays the insured part of a hospital's bill. Every call is safe to repeat: the caller's number
 * decides. Errors of all: CHANNEL_UNAVAILABLE when the bureau does not answer, or not in a way that
 * can be believed; then nothing is known.
 */
public interface InsuranceBureau {
  /** Whether the city has a bureau. */
  boolean isSetUp();

  /** Has a bill split; fails with {@link Refused} when the bureau takes no such bill. */
  Uni<Split> split(Bill bill);

  /** What has become of a settlement. */
  Uni<State> query(String number);

  /**
   * Takes a settlement back: afterwards it is REVERSED when it was settled, else CANCELLED or
   * DECLINED or UNKNOWN, each for good; KEPT when the bureau does not take it back.
   */
  Uni<State> reverse(String number);

  /** What it settled and took back on a day in Asia/Shanghai. */
  Uni<Statement> statement(LocalDate day);

  /**
   * A day of the bureau's books, with its sums in fen.
   *
   * @param sha1 of what the bureau sent, hexadecimal
   */
  record Statement(List<Entry> entries, long settledMinor, long reversedMinor, String sha1) {}

  /** A settlement, or a reversal; the amount is the insured part, fen. */
  record Entry(String number, boolean isReversal, long amountMinor) {}

  /**
   * What is to be split.
   *
   * @param number 32 hex digits, the same at each retry
   * @param authorization what the insured person's phone allowed it with
   * @param institution the hospital's number at the bureau
   * @param totalMinor fen
   */
  record Bill(String number, String authorization, String institution, long totalMinor) {
    @Override
    public String toString() {
      return "bill " + number;
    }
  }

  /**
   * Who pays which part of a bill, fen.
   *
   * @param payOrderId the bureau's number
   * @param fundMinor the fund (med_ins_gov_fee)
   * @param accountMinor the insured person's own account at the bureau (med_ins_self_fee)
   * @param otherMinor other insurances (med_ins_other_fee)
   * @param cashMinor left to the insured person (med_ins_cash_fee)
   */
  record Split(
      String payOrderId, long fundMinor, long accountMinor, long otherMinor, long cashMinor) {
    /** What the bureau will owe. */
    public long insuredMinor() {
      return fundMinor + accountMinor + otherMinor;
    }
  }

  /** Where a settlement stands. */
  enum State {
    CREATED,
    SETTLED,
    DECLINED,
    REVERSED,
    CANCELLED,
    /** The bureau has never heard of it. */
    UNKNOWN,
    /** It was settled, and the bureau does not take it back. */
    KEPT
  }

  /** The bureau understood and said no. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal with the bureau's own code. */
    public Refused(String code) {
      super(code);
    }
  }
}
