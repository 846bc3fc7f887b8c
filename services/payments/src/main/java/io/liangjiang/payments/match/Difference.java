package io.liangjiang.payments.match;

import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import org.jspecify.annotations.Nullable;

/**
 * Something that bill and books do not say alike; amounts in fen, null for a side that says
 * nothing.
 *
 * @param subject the out_trade_no or out_refund_no; empty for the whole bill
 */
public record Difference(
    Type type,
    Kind kind,
    String subject,
    @Nullable Long billMinor,
    @Nullable Long orderMinor,
    @Nullable Long ledgerMinor,
    String detail) {

  /** What it is about; the number is the database's. */
  public enum Kind {
    BILL(0),
    PAYMENT(1),
    REFUND(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    /** The kind of a database number. */
    public static Kind of(int number) {
      return values()[number];
    }
  }

  /** The bill is not here, or not as it should be. */
  public static Difference late(String why) {
    return new Difference(Type.BILL_LATE, Kind.BILL, "", null, null, null, why);
  }
}
