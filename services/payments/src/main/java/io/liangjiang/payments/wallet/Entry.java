package io.liangjiang.payments.wallet;

import io.liangjiang.payments.v1.WalletEntry.Kind;
import java.time.Instant;
import java.util.UUID;

/**
 * A line of the statement.
 *
 * @param amountMinor above zero for money in, below for money out
 * @param referenceId the top-up, payment order or charge behind it
 */
public record Entry(
    UUID citizenId,
    UUID transferId,
    Kind kind,
    long amountMinor,
    UUID referenceId,
    Instant createTime) {}
