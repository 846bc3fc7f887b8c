package io.liangjiang.payments.statement;

import java.time.Instant;

/**
 * A line of a statement before it is written.
 *
 * @param kind number of what happened, the query's own
 * @param amountMinor above zero for money in
 * @param deductedMinor what fees and shares took of it
 * @param reference the payer's or merchant's own word for what it is about
 * @param description what was paid for; empty where nobody said
 */
record Movement(
    Instant time,
    int kind,
    long amountMinor,
    long deductedMinor,
    String reference,
    String description) {}
