package io.liangjiang.payments.reconcile;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who resolved a break, why, and with what booking.
 *
 * @param transferId the adjusting entry; null when the note was enough
 * @param adjustedMinor what it added to the channel's account, fen
 */
record Decision(
    UUID breakId,
    Instant time,
    String by,
    String note,
    @Nullable UUID transferId,
    long adjustedMinor) {}
