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
    int reasonCode) {}
