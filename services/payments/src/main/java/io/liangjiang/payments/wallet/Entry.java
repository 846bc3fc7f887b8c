package io.liangjiang.payments.wallet;

import io.liangjiang.payments.v1.WalletEntry.Kind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the statement.
 *
 * @param amountMinor above zero for money in, below for money out
 * @param referenceId the top-up, payment order or charge behind it
 * @param delegateId who moved it in the citizen's name; null when the citizen or the city did
 */
public record Entry(
    UUID citizenId,
    UUID transferId,
    Kind kind,
    long amountMinor,
    UUID referenceId,
    @Nullable UUID delegateId,
    Instant createTime) {}
