package io.liangjiang.payments.ledger;

import java.time.Instant;

/** A transfer as it was booked. */
public record LedgerTransfer(Posting posting, Instant createTime) {}
