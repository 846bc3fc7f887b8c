package io.liangjiang.payments.wallet;

import java.time.Instant;
import java.util.UUID;

/** A citizen's wallet; the money itself is in the account. */
public record CitizenWallet(UUID citizenId, UUID walletId, long accountId, Instant createTime) {}
