package io.liangjiang.payments.payout;

import io.liangjiang.payments.merchant.Merchant.BankAccount;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The bank that pays merchants out. */
public interface PayoutChannel {
  /** Whether the city has a bank for payouts. */
  boolean isSetUp();

  /** How long the bank may take for an answer. */
  Duration callTimeout();

  /**
   * Asks the bank to pay; safe to repeat: the same number with the same content is the same payout.
   * Fails when the bank does not answer, or not in a way that can be believed; then nothing is
   * known.
   */
  Uni<Answer> pay(Instruction instruction);

  /**
   * What to pay.
   *
   * @param payoutNumber 32 hex digits, the same at each retry
   */
  record Instruction(String payoutNumber, BankAccount account, long amountMinor) {}

  /** What the bank says has become of it. */
  sealed interface Answer {}

  /** The bank will pay or refuse later. */
  record Accepted() implements Answer {}

  /** The bank has paid. */
  record Paid(String bankReference) implements Answer {}

  /** The bank will never pay under this number. */
  record Refused(String reason) implements Answer {}
}
