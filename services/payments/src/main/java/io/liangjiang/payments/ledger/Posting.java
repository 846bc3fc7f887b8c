package io.liangjiang.payments.ledger;

import java.util.UUID;

/**
 * A transfer as it is asked for.
 *
 * @param transferId made by the asker; the same id with the same content is the same transfer
 * @param amountMinor 1 to {@link Amounts#MAX_MINOR}
 * @param reasonCode asker's code for the reason, 0 to 65,535
 */
public record Posting(
    UUID transferId,
    long debitAccountId,
    long creditAccountId,
    long amountMinor,
    String currencyCode,
    int reasonCode)
    implements Instruction {

  /** The same way with another amount, under another id. */
  Posting again(UUID id, long otherMinor) {
    return new Posting(id, debitAccountId, creditAccountId, otherMinor, currencyCode, reasonCode);
  }

  /** The way back, under another id. */
  Posting back(UUID id) {
    return new Posting(id, creditAccountId, debitAccountId, amountMinor, currencyCode, reasonCode);
  }
}
