package io.liangjiang.identity.delegation;

import io.liangjiang.identity.delegation.Delegation.Times;
import java.util.List;
import java.util.UUID;

/**
 * An offer as it is stored.
 *
 * @param requestSha256 of what was asked, to know the same request again
 * @param codeHash keyed hash of the invitation code
 */
@SuppressWarnings("ArrayRecordComponent") // written as they are, never compared
record Offer(
    UUID id,
    UUID citizenId,
    UUID requestId,
    List<String> powers,
    byte[] requestSha256,
    byte[] codeHash,
    Times times) {}
